package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1, independent = true, writes = "orders")
@Idempotent(By.TRANSACTION)
public final class First implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
