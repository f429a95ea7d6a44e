package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 2, independent = true, writes = {})
@Idempotent(By.TRANSACTION)
public final class Elsewhere implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
