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
 * Allows rows without a full name, so that release 3 can insert them. By then, no instance of release 1 is left, and the last
 * rows that it wrote are migrated: before this migration begins, the back-fill in {@code after} is walked once more.
 */
@AfterRelease(version = 20261201_100000L, after = BackfillNames.class, description = "full names may be missing")
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
