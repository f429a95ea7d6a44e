package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 1)
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "nobody reads the column any more")
@RetiresColumn(table = Users.class, name = "nickName")
public final class Once implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().alterTable("users").dropColumn("nick_name").execute();
    }
}
