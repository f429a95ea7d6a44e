package com.acme;

/** What kapt shows of {@code class Late(rates: List<GeneratedRates>) : DataMigration}. */
@org.asyncmigrations.AsyncMigration(version = 20261121_093000L)
@org.asyncmigrations.Idempotent(value = org.asyncmigrations.By.TRANSACTION)
public final class Late implements org.asyncmigrations.DataMigration {
    public Late(java.util.List<error.NonExistentClass> rates) {
        super();
    }

    @java.lang.Override()
    public void migrate(org.asyncmigrations.MigrationRun run) {}
}
