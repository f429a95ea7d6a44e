package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1, independent = true, writes = {"", "order lines", " orders", "billing."})
@Idempotent(By.TRANSACTION)
public final class Blank implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
