package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 4, independent = true, writes = "customers", after = Later.class)
@Idempotent(By.TRANSACTION)
public final class Ordered implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
