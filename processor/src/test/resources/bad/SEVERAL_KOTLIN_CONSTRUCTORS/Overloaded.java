package com.acme;

/** What kapt shows of {@code class Overloaded(clock: Clock = Clock.systemUTC()) : DataMigration}. */
@kotlin.Metadata(k = 1)
@org.asyncmigrations.AsyncMigration(version = 20261121_093000L)
@org.asyncmigrations.Idempotent(value = org.asyncmigrations.By.TRANSACTION)
public final class Overloaded implements org.asyncmigrations.DataMigration {
    public Overloaded(java.time.Clock clock) {
        super();
    }

    public Overloaded() {
        super();
    }

    @java.lang.Override()
    public void migrate(org.asyncmigrations.MigrationRun run) {}
}
