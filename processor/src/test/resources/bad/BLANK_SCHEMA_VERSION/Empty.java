package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1, requiresSchema = "")
@Idempotent(By.TRANSACTION)
public final class Empty implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
