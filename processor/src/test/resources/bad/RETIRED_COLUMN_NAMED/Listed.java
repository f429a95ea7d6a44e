package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 3)
@Idempotent(By.TRANSACTION)
@RetiresColumn.List({@RetiresColumn(table = Users.class, name = "gone"), @RetiresColumn(table = Users.class, name = "ID")})
public final class Listed implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
