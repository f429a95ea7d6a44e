package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 7, independent = true, writes = "items", after = Named.class)
@Idempotent(By.TRANSACTION)
public final class Names implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
