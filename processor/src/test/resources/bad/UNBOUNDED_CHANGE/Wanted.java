package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 3)
@Idempotent(By.TRANSACTION)
@SuppressWarnings("UnboundedChange")
public final class Wanted implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().execute("delete from feature_flags");
    }
}
