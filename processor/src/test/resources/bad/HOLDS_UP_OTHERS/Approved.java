package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1, start = Start.ON_APPROVAL, startsAfter = "PT2H")
@Idempotent(By.TRANSACTION)
public final class Approved implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
