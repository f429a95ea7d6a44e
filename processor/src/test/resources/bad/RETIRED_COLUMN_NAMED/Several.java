package com.acme;

import org.asyncmigrations.*;

@AfterRelease(version = 2)
@Idempotent(By.TRANSACTION)
@RetiresColumn(table = Users.class, name = "users")
@RetiresColumn(table = VipUsers.class, name = "NICKNAME")
@RetiresColumn(table = VipUsers.class, name = "id")
public final class Several implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
