package org.asyncmigrations.example.guide.migrations;

import static org.jooq.impl.DSL.table;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;

/** Renames the table {@code memos} while old and new releases run side by side. */
public final class RenameMemos {
    private static final RenameByView MEMOS = RenameByView.table(table("memos"), "notes");

    private RenameMemos() {}

    /** From here on, the table has both names. */
    @AsyncMigration(version = 20261106_100000L)
    public static final class NameNotes implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return MEMOS.expand();
        }
    }

    /** When no release uses the old name any more. */
    @AfterRelease(version = 20261106_100100L)
    public static final class ForgetMemos implements SchemaMigration {
        @Override
        public SchemaChange change() {
            return MEMOS.contract();
        }
    }
}
