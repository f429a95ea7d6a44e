package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 3, startsAfter = "P1D")
@Idempotent(By.TRANSACTION)
public final class Delayed implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
