package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 2, independent = true, writes = "orders")
@Idempotent(By.TRANSACTION)
public final class Independent implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
