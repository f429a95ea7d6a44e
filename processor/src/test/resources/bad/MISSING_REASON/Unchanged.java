package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 1)
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = " ")
public final class Unchanged implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().dropTable("legacy").execute();
    }
}
