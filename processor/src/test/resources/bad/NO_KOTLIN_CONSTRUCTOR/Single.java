package com.acme;

/** What kapt shows of {@code object Single : DataMigration}. */
@kotlin.Metadata(k = 1)
@org.asyncmigrations.AsyncMigration(version = 20261121_093000L)
@org.asyncmigrations.Idempotent(value = org.asyncmigrations.By.TRANSACTION)
public final class Single implements org.asyncmigrations.DataMigration {
    public static final com.acme.Single INSTANCE = null;

    private Single() {
        super();
    }

    @java.lang.Override()
    public void migrate(org.asyncmigrations.MigrationRun run) {}
}
