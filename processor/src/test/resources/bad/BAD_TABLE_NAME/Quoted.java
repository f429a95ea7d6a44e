package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 2, writes = "\"Orders\"")
@Idempotent(By.TRANSACTION)
public final class Quoted implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
