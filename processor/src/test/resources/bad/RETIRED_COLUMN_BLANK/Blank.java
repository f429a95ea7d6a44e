package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 1)
@Idempotent(By.TRANSACTION)
@RetiresColumn(table = Users.class, name = " ")
public final class Blank implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
