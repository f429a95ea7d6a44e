package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1)
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "allowed anyway")
public final class Plain implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
