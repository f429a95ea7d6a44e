package org.asyncmigrations.processor;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** A migration of another module than the samples': their compile knows its class file alone. */
@AsyncMigration(version = 20261120_000000L)
@Idempotent(By.TRANSACTION)
public final class Elsewhere implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
