package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1, startsAfter = "2 hours")
@Idempotent(By.TRANSACTION)
public final class Words implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
