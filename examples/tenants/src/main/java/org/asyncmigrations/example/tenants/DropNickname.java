package org.asyncmigrations.example.tenants;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.ChangesSchema;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RetiresColumn;
import org.asyncmigrations.example.tenants.schema.tables.Customers;

/** Drops a column that the previous release still reads. New tenants never had it. */
@AfterRelease(version = 20261208_090000L)
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "this release does not name the column")
@RetiresColumn(table = Customers.class, name = "nickname")
public final class DropNickname implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().execute("alter table customers drop column if exists nickname");
    }
}
