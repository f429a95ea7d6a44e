package org.asyncmigrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * A column that is replaced by others while old and new releases run: renamed, given another type, or split. One declaration makes
 * three migrations. {@link #expand} adds the new columns, and triggers that keep both sides in step; {@link #backfill} fills the rows
 * that are there; {@link #contract} drops the triggers and the old column after the release. On PostgreSQL and MariaDB; other products refuse it.
 * Texts are the database's own SQL, in the names of the table's columns. Immutable and thread-safe: each method returns a new object.
 */
public final class ExpandContract {
    private final BatchKey key;
    private final Sides sides;

    private ExpandContract(BatchKey key, Sides sides) {
        this.key = key;
        this.sides = sides;
    }

    /**
     * A change of a table, by names as in SQL; see {@link BatchKey#of(String, String...)}.
     *
     * @param table the table, with or without its schema
     * @param key the columns that the back-fill walks the table by, usually its primary key
     * @return the beginning
     */
    public static Start of(String table, String... key) {
        return of(BatchKey.of(table, key));
    }

    /**
     * A change of a table with a generated class, whose back-fill walks by one column.
     *
     * @param key a column of a generated table class
     * @param <R> the record type
     * @return the beginning
     */
    public static <R extends Record> Start of(TableField<R, ?> key) {
        return of(BatchKey.of(key));
    }

    /**
     * A change of a table whose back-fill walks by the given key.
     *
     * @param key the key
     * @return the beginning
     */
    public static Start of(BatchKey key) {
        return new Start(key);
    }

    /**
     * The beginning of a declaration: the table.
     *
     * @param key what the back-fill walks the table by
     */
    public record Start(BatchKey key) {
        /**
         * Checks the key.
         *
         * @param key what the back-fill walks the table by
         */
        public Start {
            Objects.requireNonNull(key, "key");
        }

        /**
         * Replaces a column by others, which {@link ExpandContract#with(Field, String)} adds.
         *
         * @param old the column that goes, by its name and type, such as {@code field(name("name"), VARCHAR)}; don't use its generated
         *     field, which the generated class of the release that drops the column no longer has
         * @param value its value, computed from the new columns, such as {@code "concat_ws(' ', first_name, last_name)"}; write
         *     PostgreSQL's operator {@code ?} as {@code ??}
         * @return the declaration, which still needs a new column
         */
        public ExpandContract replace(Field<?> old, String value) {
            return replaced(old, StepText.expression(value));
        }

        /**
         * Replaces a column by others, with jOOQ.
         *
         * @param old the column that goes, by its name and type as in {@link #replace(Field, String)}
         * @param value its value, computed from the new columns
         * @param <T> the column's type
         * @return the declaration, which still needs a new column
         */
        public <T> ExpandContract replace(Field<T> old, Field<T> value) {
            return replaced(old, value);
        }

        /**
         * Gives a column another name.
         *
         * @param old the column
         * @param renamed its new name, with the same data type
         * @return the declaration
         */
        public ExpandContract rename(Field<?> old, Field<?> renamed) {
            return replaced(old, renamed).added(renamed, old);
        }

        /**
         * Gives a column another data type, and so another name. Values are cast both ways.
         *
         * @param old the column with its data type
         * @param changed the new column with its data type
         * @return the declaration
         */
        public ExpandContract changeType(Field<?> old, Field<?> changed) {
            return replaced(old, StepText.cast(changed, old)).added(changed, StepText.cast(old, changed));
        }

        /**
         * Gives a column another data type, and so another name.
         *
         * @param old the column
         * @param value its value, computed from the new column
         * @param changed the new column with its data type
         * @param newValue the value of that, computed from the old column
         * @return the declaration
         */
        public ExpandContract changeType(Field<?> old, String value, Field<?> changed, String newValue) {
            return replace(old, value).with(changed, newValue);
        }

        private ExpandContract replaced(Field<?> old, Field<?> value) {
            return new ExpandContract(key, new Sides(key.table(), old, value, List.of()));
        }
    }

    /**
     * Adds a column.
     *
     * @param column the new column with its data type, which takes NULL and has no default
     * @param value its value, computed from the old column, such as {@code "split_part(name, ' ', 1)"}
     * @return the declaration with this column
     * @throws IllegalArgumentException if the column takes no NULL, has a default or is there already
     */
    public ExpandContract with(Field<?> column, String value) {
        return added(column, StepText.expression(value));
    }

    /**
     * Adds a column, with jOOQ.
     *
     * @param column the new column with its data type, which takes NULL and has no default
     * @param value its value, computed from the old column
     * @param <T> the column's type
     * @return the declaration with this column
     * @throws IllegalArgumentException if the column takes no NULL, has a default or is there already
     */
    public <T> ExpandContract with(Field<T> column, Field<T> value) {
        return added(column, value);
    }

    private ExpandContract added(Field<?> column, Field<?> value) {
        List<NewColumn> columns = new ArrayList<>(sides.columns());
        columns.add(new NewColumn(column, value));
        return new ExpandContract(key, new Sides(sides.table(), sides.old(), sides.value(), columns));
    }

    /**
     * Adds the new columns, and the triggers that keep both sides in step from then on. For an {@link AsyncMigration}.
     *
     * @return the change
     */
    public SchemaChange expand() {
        return new Expand(complete());
    }

    /**
     * Fills the new columns of the rows that are there. For an {@link SqlBackfill} with a later version than {@link #expand}. It
     * changes no row whose new columns have a value already.
     *
     * @return the back-fill
     */
    public Backfill backfill() {
        return StepText.backfill(key, complete());
    }

    /**
     * The rows whose two sides differ: for {@link Verified#violations} of the class that has the {@link #backfill}. Give the old column
     * its data type, so that values are compared as that.
     *
     * @return a query for them
     */
    public Select<?> violations() {
        return DSL.select(StepText.named(key.fields())).from(key.table()).where(StepText.outOfStep(complete()));
    }

    /**
     * Drops the triggers and the old column, if no row's sides differ. For an {@link AfterRelease} migration. Annotate it
     * {@link RetiresColumn} with the old column.
     *
     * @return the change
     */
    public SchemaChange contract() {
        return new Contract(complete());
    }

    /**
     * Drops the triggers and the new columns: takes the expansion back. For an {@link AfterRelease} migration that stands in the code
     * instead of the one with {@link #contract}, before that has run.
     *
     * @return the change
     */
    public SchemaChange undo() {
        return new Undo(complete());
    }

    private Sides complete() {
        if (sides.columns().isEmpty()) {
            throw new IllegalArgumentException(
                    "the declaration that replaces " + sides.old().getName() + " of " + sides.table()
                            + " has no new column; add .with(column, \"expression\")");
        }
        return sides;
    }

    /**
     * A new column.
     *
     * @param column the column with its data type
     * @param value its value, computed from the old column
     */
    public record NewColumn(Field<?> column, Field<?> value) {
        /**
         * Checks the column.
         *
         * @param column the column with its data type
         * @param value its value, computed from the old column
         */
        public NewColumn {
            Objects.requireNonNull(value, "value");
            StepText.requirePlain(column);
        }
    }

    /**
     * The two sides that are kept in step.
     *
     * @param table the table
     * @param old the old side: one column
     * @param value its value, computed from the new columns
     * @param columns the new side
     */
    public record Sides(Table<?> table, Field<?> old, Field<?> value, List<NewColumn> columns) {
        /**
         * Copies the list.
         *
         * @param table the table
         * @param old the old side
         * @param value its value, computed from the new columns
         * @param columns the new side
         */
        public Sides {
            Objects.requireNonNull(old, "old");
            Objects.requireNonNull(value, "value");
            columns = List.copyOf(columns);
            StepText.requireDistinct(old, columns);
        }
    }

    /**
     * New columns and triggers that are to be there.
     *
     * @param sides the two sides
     */
    public record Expand(Sides sides) implements SchemaChange {
        @Override
        public Table<?> table() {
            return sides.table();
        }
    }

    /**
     * An old column and triggers that are to be gone.
     *
     * @param sides the two sides
     */
    public record Contract(Sides sides) implements SchemaChange {
        @Override
        public Table<?> table() {
            return sides.table();
        }

        @Override
        public boolean takesAway() {
            return true;
        }
    }

    /**
     * New columns and triggers that are to be gone.
     *
     * @param sides the two sides
     */
    public record Undo(Sides sides) implements SchemaChange {
        @Override
        public Table<?> table() {
            return sides.table();
        }

        @Override
        public boolean takesAway() {
            return true;
        }
    }
}
