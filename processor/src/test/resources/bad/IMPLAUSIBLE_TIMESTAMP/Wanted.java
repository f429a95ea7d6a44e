package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

@SuppressWarnings("ImplausibleTimestamp")
@AsyncMigration(version = 2026112_093001L)
@Idempotent(By.TRANSACTION)
public final class Wanted implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
