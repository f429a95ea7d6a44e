package org.asyncmigrations.example.shop.migrations;

import static org.asyncmigrations.example.shop.tables.Tables.CUSTOMER;
import static org.jooq.impl.DSL.name;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.ChangesSchema;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RetiresColumn;
import org.asyncmigrations.example.shop.tables.tables.Customer;

/** Drops the old column once no instance of release 2 is left. */
@AfterRelease(version = 20261208_090000L, after = RequireFullName.class, description = "names, which are full names now")
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "release 2, which reads and writes the column, is gone")
@RetiresColumn(table = Customer.class, name = "name")
public final class DropName implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().alterTable(CUSTOMER).dropColumnIfExists(name("name")).execute();
    }
}
