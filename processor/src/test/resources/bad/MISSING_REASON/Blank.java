package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

@AsyncMigration(version = 20261121_093001L)
@Idempotent(value = By.DECLARATION, because = " ")
public final class Blank implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
