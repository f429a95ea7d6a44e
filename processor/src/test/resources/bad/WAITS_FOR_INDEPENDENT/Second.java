package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 2, after = First.class)
@Idempotent(By.TRANSACTION)
public final class Second implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
