package org.asyncmigrations;

import java.util.Objects;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * A table or a column that gets another name while old and new releases run: a view of the table's old name serves the old release.
 * There is one copy of the data, so there is nothing to fill and nothing gets out of step. {@link #expand} is for an
 * {@link AsyncMigration}, {@link #contract} for an {@link AfterRelease} migration. All names are written as the database spells them,
 * without quotes. A table is renamed on PostgreSQL and MariaDB, a column on PostgreSQL; other products refuse it. Immutable, and so safe
 * for threads.
 */
public final class RenameByView {
    private final Names names;

    private RenameByView(Names names) {
        this.names = names;
    }

    /**
     * Gives a table another name. On PostgreSQL and MariaDB.
     *
     * @param table the table by its old name
     * @param renamed its new name, in the same schema
     * @return the declaration
     */
    public static RenameByView table(Table<?> table, String renamed) {
        return new RenameByView(new Names(table, renamed, null));
    }

    /**
     * Gives a column another name. The table gives its own name to the view meanwhile, which has all columns and both names of this one.
     * On PostgreSQL; elsewhere, use {@link ExpandContract.Start#rename}, since MariaDB takes no inserts into a view that has a column
     * twice.
     *
     * @param table the table
     * @param old the column
     * @param renamed its new name
     * @param dataName the name of the table until {@link #contract}, in the same schema
     * @return the declaration
     */
    public static RenameByView column(Table<?> table, Field<?> old, Field<?> renamed, String dataName) {
        return new RenameByView(new Names(table, dataName, new ColumnNames(old, renamed)));
    }

    /**
     * Gives the new name, and puts a view in the place of the old one. On MariaDB, the view has the rights of the user of this migration,
     * so keep that user until {@link #contract} is done.
     *
     * @return the change
     */
    public SchemaChange expand() {
        return new Expand(names);
    }

    /**
     * Drops the view. A table whose column was renamed gets its name back.
     *
     * @return the change
     */
    public SchemaChange contract() {
        return new Contract(names);
    }

    /**
     * Gives the old names back. For an {@link AfterRelease} migration that stands in the code instead of the one with
     * {@link #contract}, before that has run.
     *
     * @return the change
     */
    public SchemaChange undo() {
        return new Undo(names);
    }

    /**
     * A renamed column.
     *
     * @param old the column
     * @param renamed its new name
     */
    public record ColumnNames(Field<?> old, Field<?> renamed) {
        /**
         * Checks the names.
         *
         * @param old the column
         * @param renamed its new name
         */
        public ColumnNames {
            Objects.requireNonNull(old, "old");
            Objects.requireNonNull(renamed, "renamed");
        }
    }

    /**
     * The old names and the new ones.
     *
     * @param table the table by its old name, which the view gets
     * @param renamed the name that the table gets
     * @param column the renamed column, null if only the table is renamed
     */
    public record Names(
            Table<?> table, String renamed, @Nullable ColumnNames column) {
        /**
         * Checks the names.
         *
         * @param table the table by its old name
         * @param renamed the name that the table gets
         * @param column the renamed column
         */
        public Names {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(renamed, "renamed");
        }
    }

    /**
     * A view that is to be there.
     *
     * @param names the names
     */
    public record Expand(Names names) implements SchemaChange {
        @Override
        public Table<?> table() {
            return names.table();
        }
    }

    /**
     * A view that is to be gone.
     *
     * @param names the names
     */
    public record Contract(Names names) implements SchemaChange {
        @Override
        public Table<?> table() {
            return names.table();
        }

        @Override
        public boolean takesAway() {
            return true;
        }
    }

    /**
     * New names that are to be gone.
     *
     * @param names the names
     */
    public record Undo(Names names) implements SchemaChange {
        @Override
        public Table<?> table() {
            return names.table();
        }

        @Override
        public boolean takesAway() {
            return true;
        }
    }
}
