package org.asyncmigrations.example.threereleases;

import static org.asyncmigrations.example.threereleases.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.SQLDataType.VARCHAR;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.Verified;
import org.jooq.Select;

/**
 * Splits a customer's name in two columns, while instances of release 1 write the old one. The first word is the first name; all
 * others are the last name. The team has changed its mind: the third step takes that back.
 */
public final class SplitCustomerName {
    private static final ExpandContract NAME = ExpandContract.of(CUSTOMERS.ID)
            .replace(field(name("name"), VARCHAR), "concat_ws(' ', first_name, last_name)")
            .with(CUSTOMERS.FIRST_NAME, "left(name, position(' ' in concat(name, ' ')) - 1)")
            .with(CUSTOMERS.LAST_NAME, "nullif(substr(name, position(' ' in concat(name, ' ')) + 1), '')");

    private SplitCustomerName() {}

    /** Adds first_name and last_name. From then on, whoever writes one side writes both. */
    @AsyncMigration(version = 20261201_090000L)
    public static final class AddCustomerNames implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return NAME.expand();
        }
    }

    /** Fills the new columns of the rows that nobody has written since. */
    @AsyncMigration(version = 20261201_090100L)
    public static final class FillCustomerNames implements SqlBackfill, Verified {
        @Override
        public Backfill backfill() {
            return NAME.backfill();
        }

        @Override
        public Select<?> violations() {
            return NAME.violations();
        }
    }

    /** Drops first_name and last_name, and what keeps them in step, once no instance of release 2 is left. */
    @AfterRelease(version = 20261208_090200L, after = FillCustomerNames.class)
    public static final class UndoCustomerNames implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return NAME.undo();
        }
    }
}
