package com.acme.content;

import static com.acme.content.Users.USERS;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.ChangesSchema;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RetiresColumn;

/** The last of the three deploys that take a column away. */
@AfterRelease(version = 90)
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "no instance of the release before names the columns any more")
@RetiresColumn(table = Users.class, name = "nickname")
@RetiresColumn(table = Users.class, name = "users")
public final class Permitted implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().alterTable(USERS).dropColumns("nickname", "users").execute();
    }
}
