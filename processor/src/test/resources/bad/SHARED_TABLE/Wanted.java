package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 5, independent = true, writes = "orders")
@Idempotent(By.TRANSACTION)
@SuppressWarnings("SharedTable")
public final class Wanted implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
