package com.acme.shop;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

public final class Outer {
    private Outer() {}

    /** A static nested class. That a type is raw is said here, and not again where it is used. */
    @AsyncMigration(version = 20261120_000000L)
    @Idempotent(value = By.DECLARATION, because = "it only ever writes the same row")
    @SuppressWarnings("rawtypes")
    public static final class Nested implements DataMigration {
        public Nested(java.util.function.Supplier names) {}

        @Override
        public void migrate(MigrationRun run) {}
    }

    @AsyncMigration(version = 20261120_000001L)
    @Idempotent(By.PENDING_ROWS)
    public static final class URLBackfill extends PendingUrls {
        @Override
        public long migrate(org.asyncmigrations.RowBatch batch) {
            return 0;
        }
    }
}
