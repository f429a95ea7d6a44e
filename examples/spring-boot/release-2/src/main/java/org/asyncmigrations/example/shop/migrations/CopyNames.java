package org.asyncmigrations.example.shop.migrations;

import static org.asyncmigrations.example.shop.tables.Tables.CUSTOMER;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.example.shop.FullNames;
import org.jooq.Field;

/** Fills {@code full_name}, in batches, while both releases serve. */
@AsyncMigration(version = 20261201_090000L, description = "full names, from names")
public final class CopyNames implements SqlBackfill {
    private final FullNames fullNames;

    public CopyNames(FullNames fullNames) {
        this.fullNames = fullNames;
    }

    @Override
    public Backfill backfill() {
        Field<String> fullName = fullNames.of(CUSTOMER.NAME);
        return Backfill.of(CUSTOMER.ID)
                .pending(CUSTOMER.FULL_NAME.isDistinctFrom(fullName)) // none yet, or outdated by release 1
                .set(CUSTOMER.FULL_NAME, fullName);
    }
}
