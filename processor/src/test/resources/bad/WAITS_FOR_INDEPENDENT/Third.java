package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 3, after = {Second.class, First.class}, independent = true, writes = "customers")
@Idempotent(By.TRANSACTION)
public final class Third implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
