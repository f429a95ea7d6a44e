package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 5, startsAfter = "P365D")
@Idempotent(By.TRANSACTION)
public final class Fine implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
