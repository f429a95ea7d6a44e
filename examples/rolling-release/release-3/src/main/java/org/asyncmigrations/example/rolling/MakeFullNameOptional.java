package org.asyncmigrations.example.rolling;

import static org.asyncmigrations.example.rolling.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.name;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.ChangesSchema;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/**
 * The same migration as in release 2, done by now. {@link Application} still requires it. Its {@code after} was removed together
 * with {@code BackfillNames}: that class named the column, and the journal lists it as retired.
 */
@AfterRelease(version = 20261201_100000L, description = "full names may be missing")
@Idempotent(By.TRANSACTION)
@ChangesSchema(because = "the builds that read the full name of every row are gone")
public final class MakeFullNameOptional implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl()
                .alterTable(CUSTOMERS)
                .alterColumn(name("full_name"))
                .dropNotNull()
                .execute();
    }
}
