package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 3, writes = "customers")
@Idempotent(By.TRANSACTION)
public final class Later implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
