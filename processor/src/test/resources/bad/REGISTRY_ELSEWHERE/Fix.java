package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** In a test tree, in the package of main's migrations: the registry here would hide theirs. */
@AsyncMigration(version = 20261122_093000L)
@Idempotent(By.TRANSACTION)
public final class Fix implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
