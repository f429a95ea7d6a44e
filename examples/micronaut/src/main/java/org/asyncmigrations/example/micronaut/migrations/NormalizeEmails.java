package org.asyncmigrations.example.micronaut.migrations;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.SqlBackfill;

/** Fills {@code email_normalized} while the application runs. */
@AsyncMigration(version = 20261128_090000L, description = "emails in one spelling")
public final class NormalizeEmails implements SqlBackfill {
    @Override
    public Backfill backfill() {
        return Backfill.of("customers", "id") // the table, and the primary key that it is walked by
                .pending("email_normalized is distinct from lower(trim(email))") // the rows that are left to do
                .set("email_normalized", "lower(trim(email))");
    }
}
