package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.processor.Elsewhere;

@AsyncMigration(version = 20261122_093000L, after = Elsewhere.class)
@Idempotent(By.TRANSACTION)
public final class Late implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
