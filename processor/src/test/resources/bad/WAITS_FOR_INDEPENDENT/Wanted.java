package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 4, after = First.class)
@Idempotent(By.TRANSACTION)
@SuppressWarnings("WaitsForIndependent")
public final class Wanted implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
