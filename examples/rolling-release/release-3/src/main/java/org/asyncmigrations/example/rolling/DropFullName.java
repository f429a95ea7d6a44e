package org.asyncmigrations.example.rolling;

import static org.asyncmigrations.example.rolling.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.name;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.ChangesSchema;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RetiresColumn;
import org.asyncmigrations.example.rolling.schema.tables.Customers;

/** Drops the full name. It compiles only if the generated table class doesn't have the column. */
@AfterRelease(
        version = 20261208_090000L,
        after = MakeFullNameOptional.class,
        description = "full names, which are now first and last names")
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "the builds that name the column are gone")
@RetiresColumn(table = Customers.class, name = "full_name")
public final class DropFullName implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().alterTable(CUSTOMERS).dropColumnIfExists(name("full_name")).execute();
    }
}
