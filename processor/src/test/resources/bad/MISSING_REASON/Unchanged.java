package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 20261121_093005L)
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = " ")
public final class Unchanged implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().dropTable("legacy").execute();
    }
}
