package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 2, requiresSchema = " 12.3")
@Idempotent(By.TRANSACTION)
public final class Spaced implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
