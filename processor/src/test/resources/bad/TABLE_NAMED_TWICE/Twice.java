package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1, independent = true, writes = {"orders", "billing.orders", "orders"})
@Idempotent(By.TRANSACTION)
public final class Twice implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
