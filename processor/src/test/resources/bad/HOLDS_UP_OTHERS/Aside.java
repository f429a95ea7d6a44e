package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 5, start = Start.ON_APPROVAL, independent = true, writes = "orders")
@Idempotent(By.TRANSACTION)
public final class Aside implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
