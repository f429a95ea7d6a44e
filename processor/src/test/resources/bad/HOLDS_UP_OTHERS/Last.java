package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 4, start = Start.ON_APPROVAL)
@Idempotent(By.TRANSACTION)
public final class Last implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
