package com.acme;

import java.time.Clock;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

@AsyncMigration(version = 20261121_093001L)
@Idempotent(By.TRANSACTION)
public final class Waiting implements DataMigration {
    public Waiting(Clock wait) {}

    @Override
    public void migrate(MigrationRun run) {}
}
