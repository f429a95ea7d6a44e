package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 3, startsAfter = "-PT2H")
@Idempotent(By.TRANSACTION)
public final class Negative implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
