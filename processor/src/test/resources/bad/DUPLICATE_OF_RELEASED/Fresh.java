package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

@AsyncMigration(version = 20261121_093000L)
@Idempotent(By.TRANSACTION)
public final class Fresh implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
