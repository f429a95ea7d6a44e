package com.acme;

import java.time.Clock;
import java.util.function.Supplier;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** A migration that is made with what is made of the migrations. */
final class Owner {
    private Owner() {}

    @AsyncMigration(version = 20261121_093000L)
    @Idempotent(By.TRANSACTION)
    static final class Asking implements DataMigration {
        Asking(AsyncMigrationRegistry registry, Clock clock) {}

        @Override
        public void migrate(MigrationRun run) {}
    }

    @AsyncMigration(version = 20261121_093001L)
    @Idempotent(By.TRANSACTION)
    record Greedy(Clock clock, Supplier<Services[]> services) implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {}
    }

    @AsyncMigration(version = 20261121_093002L)
    @Idempotent(By.TRANSACTION)
    static final class Right implements DataMigration {
        Right(Clock clock) {}

        @Override
        public void migrate(MigrationRun run) {}
    }
}
