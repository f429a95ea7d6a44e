package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.SETTINGS;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** Changes a few rows. The change and its record commit in one transaction. */
@AsyncMigration(version = 20261101_100000L)
@Idempotent(By.TRANSACTION)
public final class RenameSenderSetting implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl()
                .update(SETTINGS)
                .set(SETTINGS.NAME, "mail.from")
                .where(SETTINGS.NAME.eq("mail.sender"))
                .execute();
    }
}
