package org.asyncmigrations.example.guide.migrations;

import static org.jooq.impl.DSL.field;
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

/** Splits {@code contacts.name} while old and new releases run side by side. */
public final class SplitContactName {
    private static final ExpandContract NAME = ExpandContract.of("contacts", "id")
            .replace(field("name", VARCHAR(100)), "concat_ws(' ', first_name, last_name)")
            .with(field("first_name", VARCHAR(50)), "split_part(name, ' ', 1)")
            .with(field("last_name", VARCHAR(100)), "nullif(substr(name, length(split_part(name, ' ', 1)) + 2), '')");

    private SplitContactName() {}

    /** From here on, each write keeps both sides in step. */
    @AsyncMigration(version = 20261106_090000L)
    public static final class AddContactNames implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return NAME.expand();
        }
    }

    /** The rows that were there before. */
    @AsyncMigration(version = 20261106_090100L)
    public static final class FillContactNames implements SqlBackfill, Verified {
        @Override
        public Backfill backfill() {
            return NAME.backfill();
        }

        @Override
        public Select<?> violations() {
            return NAME.violations();
        }
    }

    /** When no release reads the old column any more. */
    @AfterRelease(version = 20261106_090200L)
    public static final class DropContactName implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return NAME.contract();
        }
    }
}
