package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 6, startsAfter = "PT1H", independent = true, writes = "customers")
@Idempotent(By.TRANSACTION)
public final class Named implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
