package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

public final class Outer {
    @AsyncMigration(version = 20261121_093000L)
    @Idempotent(By.TRANSACTION)
    private static final class Nested implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {}
    }

    @AsyncMigration(version = 20261121_093001L)
    @Idempotent(By.TRANSACTION)
    public static final class Open implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {}
    }
}
