package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 2)
@Idempotent(By.TRANSACTION)
public final class AfterIt implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().query("update users set name = 'where'").execute(); // found
    }
}
