package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1, independent = true)
@Idempotent(By.TRANSACTION)
public final class Lost implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
