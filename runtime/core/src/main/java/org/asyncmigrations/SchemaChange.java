package org.asyncmigrations;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * One change of the schema, as a {@link SchemaMigration} declares it: what is to be there, and not by which statements. All names are
 * written as the database spells them, without quotes. Immutable, and so safe for threads.
 */
public sealed interface SchemaChange
        permits SchemaChange.CreateIndex,
                SchemaChange.DropIndex,
                SchemaChange.AddForeignKey,
                SchemaChange.AddCheck,
                SchemaChange.SetNotNull,
                SchemaChange.AddColumn,
                SchemaChange.DropColumn,
                ExpandContract.Expand,
                ExpandContract.Contract,
                ExpandContract.Undo,
                RenameByView.Expand,
                RenameByView.Contract,
                RenameByView.Undo {
    /**
     * The table that is changed.
     *
     * @return the table
     */
    Table<?> table();

    /**
     * Whether something is gone afterwards that older instances may still use.
     *
     * @return true for a change that only an {@link AfterRelease} migration may make
     */
    default boolean takesAway() {
        return false;
    }

    /**
     * Creates an index.
     *
     * @param name the index
     * @return the beginning; {@link IndexStart#on} completes it
     */
    static IndexStart createIndex(String name) {
        return new IndexStart(name, false);
    }

    /**
     * Creates a unique index.
     *
     * @param name the index
     * @return the beginning; {@link IndexStart#on} completes it
     */
    static IndexStart createUniqueIndex(String name) {
        return new IndexStart(name, true);
    }

    /**
     * Drops an index. After the release only: older instances may have queries that are slow without it.
     *
     * @param name the index
     * @return the beginning; {@link IndexDropStart#on} completes it
     */
    static IndexDropStart dropIndex(String name) {
        return new IndexDropStart(name);
    }

    /**
     * Adds a foreign key.
     *
     * @param name the constraint
     * @return the beginning; {@link ForeignKeyStart#on} and {@link ForeignKeyColumns#references} complete it
     */
    static ForeignKeyStart addForeignKey(String name) {
        return new ForeignKeyStart(name);
    }

    /**
     * Adds a check.
     *
     * @param name the constraint
     * @return the beginning; {@link CheckStart#on} completes it
     */
    static CheckStart addCheck(String name) {
        return new CheckStart(name);
    }

    /**
     * Refuses NULL in a column from now on.
     *
     * @param table the table
     * @param column the column, in which no row has NULL any more
     * @return the change
     */
    static SetNotNull setNotNull(Table<?> table, Field<?> column) {
        return new SetNotNull(table, column);
    }

    /**
     * Adds a column. A constant default is there for all rows at once; one that is computed for each row would rewrite the table, and
     * is refused.
     *
     * @param table the table
     * @param column the column with its data type, which says whether it takes NULL and what its default is
     * @return the change
     */
    static AddColumn addColumn(Table<?> table, Field<?> column) {
        return new AddColumn(table, column);
    }

    /**
     * Drops a column, with the indexes on it. After the release only. Annotate the class {@link RetiresColumn} with the same column:
     * then the build checks that no code names it any more, and a misspelled name is found before the first attempt. Without that
     * annotation, a column that is not there counts as dropped. An annotation that names other columns only is refused at run time.
     *
     * @param table the table
     * @param column the column
     * @return the change
     */
    static DropColumn dropColumn(Table<?> table, String column) {
        return new DropColumn(table, column);
    }

    /**
     * The beginning of {@link #createIndex}.
     *
     * @param name the index
     * @param isUnique whether it is unique
     */
    record IndexStart(String name, boolean isUnique) {
        /**
         * Says what is indexed.
         *
         * @param table the table
         * @param parts columns or, on PostgreSQL and MySQL, expressions, each ascending unless it says otherwise
         * @return the change
         */
        public CreateIndex on(Table<?> table, OrderField<?>... parts) {
            return new CreateIndex(table, name, isUnique, Arrays.asList(parts), null);
        }
    }

    /**
     * The beginning of {@link #dropIndex}.
     *
     * @param name the index
     */
    record IndexDropStart(String name) {
        /**
         * Says where it is.
         *
         * @param table the table
         * @return the change
         */
        public DropIndex on(Table<?> table) {
            return new DropIndex(table, name);
        }
    }

    /**
     * The beginning of {@link #addForeignKey}.
     *
     * @param name the constraint
     */
    record ForeignKeyStart(String name) {
        /**
         * Says which columns refer.
         *
         * @param table the table
         * @param columns its columns
         * @return the next part; {@link ForeignKeyColumns#references} completes it
         */
        public ForeignKeyColumns on(Table<?> table, Field<?>... columns) {
            return new ForeignKeyColumns(table, name, Arrays.asList(columns));
        }
    }

    /**
     * The first half of {@link #addForeignKey}.
     *
     * @param table the table
     * @param name the constraint
     * @param columns the columns that refer
     */
    record ForeignKeyColumns(Table<?> table, String name, List<Field<?>> columns) {
        /**
         * Says what they refer to.
         *
         * @param referenced the other table
         * @param keys its columns, with a unique index or primary key
         * @return the change
         */
        public AddForeignKey references(Table<?> referenced, Field<?>... keys) {
            return new AddForeignKey(table, name, columns, referenced, Arrays.asList(keys));
        }
    }

    /**
     * The beginning of {@link #addCheck}.
     *
     * @param name the constraint
     */
    record CheckStart(String name) {
        /**
         * Says what is checked.
         *
         * @param table the table
         * @param condition what must not be false in any row
         * @return the change
         */
        public AddCheck on(Table<?> table, Condition condition) {
            return new AddCheck(table, name, condition);
        }
    }

    /**
     * An index that is to be there.
     *
     * @param table the table
     * @param name the index
     * @param isUnique whether it is unique
     * @param parts columns or expressions
     * @param condition the rows that it has, null for all
     */
    record CreateIndex(
            Table<?> table,
            String name,
            boolean isUnique,
            List<OrderField<?>> parts,
            @Nullable Condition condition) implements SchemaChange {
        /**
         * Copies the list.
         *
         * @param table the table
         * @param name the index
         * @param isUnique whether it is unique
         * @param parts columns or expressions, at least one
         * @param condition the rows that it has, null for all
         */
        public CreateIndex {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(name, "name");
            parts = List.copyOf(parts);
            requireSome(parts, name);
        }

        /**
         * Leaves out the rows that a condition does not match: a partial index, on PostgreSQL.
         *
         * @param rows the rows that it has
         * @return the change
         */
        public CreateIndex where(Condition rows) {
            return new CreateIndex(table, name, isUnique, parts, Objects.requireNonNull(rows, "rows"));
        }
    }

    /**
     * An index that is to be gone.
     *
     * @param table the table
     * @param name the index
     */
    record DropIndex(Table<?> table, String name) implements SchemaChange {
        @Override
        public boolean takesAway() {
            return true;
        }
    }

    /**
     * A foreign key that is to be there, without actions.
     *
     * @param table the table
     * @param name the constraint
     * @param columns the columns that refer
     * @param referenced the other table
     * @param keys its columns
     */
    record AddForeignKey(Table<?> table, String name, List<Field<?>> columns, Table<?> referenced, List<Field<?>> keys)
            implements SchemaChange {
        /**
         * Copies the lists.
         *
         * @param table the table
         * @param name the constraint
         * @param columns the columns that refer, at least one
         * @param referenced the other table
         * @param keys its columns, as many
         */
        public AddForeignKey {
            columns = List.copyOf(columns);
            keys = List.copyOf(keys);
            requireSome(columns, name);
            if (columns.size() != keys.size()) {
                throw new IllegalArgumentException(
                        "foreign key " + name + " must have as many columns as it refers to, and has " + columns.size()
                                + " and " + keys.size());
            }
        }
    }

    /**
     * A check that is to be there.
     *
     * @param table the table
     * @param name the constraint
     * @param condition what must not be false in any row
     */
    record AddCheck(Table<?> table, String name, Condition condition) implements SchemaChange {}

    /**
     * A column that is to take no NULL.
     *
     * @param table the table
     * @param column the column
     */
    record SetNotNull(Table<?> table, Field<?> column) implements SchemaChange {}

    /**
     * A column that is to be there.
     *
     * @param table the table
     * @param column the column with its data type
     */
    record AddColumn(Table<?> table, Field<?> column) implements SchemaChange {}

    /**
     * A column that is to be gone.
     *
     * @param table the table
     * @param column the column
     */
    record DropColumn(Table<?> table, String column) implements SchemaChange {
        @Override
        public boolean takesAway() {
            return true;
        }
    }

    private static void requireSome(List<?> parts, String name) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(name + " must have at least one column");
        }
    }
}
