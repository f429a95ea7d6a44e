package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 2, startsAfter = "PT0S")
@Idempotent(By.TRANSACTION)
public final class Zero implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
