package org.asyncmigrations.example.shop.migrations;

import static org.asyncmigrations.example.shop.tables.Tables.CUSTOMER;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.ChangesSchema;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** Once this is done, each customer has a full name, and it is up to date. */
@AfterRelease(version = 20261201_100000L, after = CopyNames.class, description = "each customer has a full name")
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "release 1, which writes customers without a full name, is gone")
public final class RequireFullName implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl()
                .alterTable(CUSTOMER)
                .alterColumn(CUSTOMER.FULL_NAME)
                .setNotNull()
                .execute();
    }
}
