package ${package}.migrations;

import static ${package}.tables.Tables.LOGIN_TOKEN;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** Deletes the tokens that only the old release reads, once its last instance is gone. */
@AfterRelease(
        version = 20261101_093000L,
        after = NormalizeEmails.class,
        description = "tokens that only the old release reads")
@Idempotent(By.TRANSACTION)
public final class ForgetOldTokens implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl()
                .deleteFrom(LOGIN_TOKEN)
                .where(LOGIN_TOKEN.TOKEN.startsWith("v1:"))
                .execute();
    }
}
