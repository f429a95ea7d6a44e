package org.asyncmigrations.example.retiredcolumns;

import static org.asyncmigrations.example.retiredcolumns.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.name;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.ChangesSchema;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RetiresColumn;
import org.asyncmigrations.example.retiredcolumns.schema.tables.Customers;

/** Drops the full name. It compiles only if the generated table class doesn't have the column. */
@AfterRelease(version = 20261201_090000L, transactional = false)
@Idempotent(value = By.DECLARATION, because = "to drop it if it exists does nothing the second time")
@ChangesSchema(because = "no build since 2.4.0 names the column")
@RetiresColumn(table = Customers.class, name = "full_name")
public final class DropFullName implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().alterTable(CUSTOMERS).dropColumnIfExists(name("full_name")).execute();
    }
}
