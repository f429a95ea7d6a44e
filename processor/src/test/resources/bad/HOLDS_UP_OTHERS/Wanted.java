package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 2, start = Start.ON_APPROVAL)
@Idempotent(By.TRANSACTION)
@SuppressWarnings("HoldsUpOthers")
public final class Wanted implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
