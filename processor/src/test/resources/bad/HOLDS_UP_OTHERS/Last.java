package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 9, start = Start.ON_APPROVAL)
@Idempotent(By.TRANSACTION)
public final class Last implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
