package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1, writes = {"customers", "orders"})
@Idempotent(By.TRANSACTION)
public final class Declared implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
