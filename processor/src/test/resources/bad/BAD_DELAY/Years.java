package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 4, startsAfter = "P365DT1S")
@Idempotent(By.TRANSACTION)
public final class Years implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
