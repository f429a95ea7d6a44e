package org.asyncmigrations;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The key by which a {@link BatchMigration} walks its table: one or several columns of any type that the database can sort, with or
 * without gaps. Only the database compares keys. Immutable and thread-safe.
 *
 * @param table the table that is walked
 * @param fields the columns of the key, the most significant first; none for {@link Order#POSITION}
 * @param order the order in which the rows are walked
 */
public record BatchKey(Table<?> table, List<Field<?>> fields, Order order) {
    /** The order in which a table is walked. */
    public enum Order {
        /** From the lowest key to the highest. */
        ASCENDING,
        /** From the highest key to the lowest. */
        DESCENDING,
        /** By the physical position of the rows in the table's files, for a table without a unique key. */
        POSITION
    }

    /**
     * Copies the columns.
     *
     * @param table the table that is walked
     * @param fields the columns of the key, the most significant first
     * @param order the order in which the rows are walked
     * @throws IllegalArgumentException if there is no column, or a column in a walk by position, which has none
     */
    public BatchKey {
        Objects.requireNonNull(table, "table must not be null; name the table to walk");
        Objects.requireNonNull(order, "order must not be null; use ASCENDING");
        fields = List.copyOf(fields);
        if (fields.isEmpty() && order != Order.POSITION) {
            throw new IllegalArgumentException("a batch key must name at least one column of " + table);
        }
        if (!fields.isEmpty() && order == Order.POSITION) {
            throw new IllegalArgumentException("a walk of " + table + " by position has no columns, but got " + fields
                    + "; use BatchKey.byPosition(table)");
        }
    }

    /**
     * A key that is walked from the lowest to the highest.
     *
     * @param table the table that is walked
     * @param fields the columns of the key, the most significant first
     * @throws IllegalArgumentException if there is no column
     */
    public BatchKey(Table<?> table, List<Field<?>> fields) {
        this(table, fields, Order.ASCENDING);
    }

    /**
     * A key of one column. The table is the column's.
     *
     * @param field a column of a generated table class
     * @param <R> the record type
     * @return the key
     */
    public static <R extends Record> BatchKey of(TableField<R, ?> field) {
        return new BatchKey(
                Objects.requireNonNull(field.getTable(), () -> "column " + field + " belongs to no table"),
                List.of(field));
    }

    /**
     * A key of one or several columns, also for tables without a generated class.
     *
     * @param table the table that is walked
     * @param fields its columns, the most significant first
     * @return the key
     */
    public static BatchKey of(Table<?> table, Field<?>... fields) {
        return new BatchKey(table, List.of(fields));
    }

    /**
     * A key by names as in SQL: {@code BatchKey.of("orders", "id")}, {@code BatchKey.of("shop.orders", "shop_id", "id")}. Put
     * quotes around names that need them. {@link RowBatch#rows()} names each column with its table, so a statement may join other
     * tables. Don't give the walked table an alias.
     *
     * @param table the table that is walked, with or without its schema
     * @param columns the columns of the key, the most significant first
     * @return the key
     * @throws IllegalArgumentException if there is no column, or a name is blank
     */
    public static BatchKey of(String table, String... columns) {
        requireName(table, table);
        return new BatchKey(
                DSL.table(table),
                Stream.of(columns)
                        .<Field<?>>map(column -> DSL.field(table + "." + requireName(column, table)))
                        .toList());
    }

    private static String requireName(String name, String table) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "a batch key must not name a blank table or column: BatchKey.of(\"" + table + "\", …)");
        }
        return name;
    }

    /**
     * A walk by the rows' physical position in the table's files, without a key: for a PostgreSQL table that has no unique key.
     * Other databases refuse it and say what to do instead. PostgreSQL refuses it for a partitioned table, a table that others
     * inherit from, and a view.
     *
     * <p>An UPDATE moves a row to another position. So the migration must override {@link BatchMigration#pending()}; otherwise it
     * is refused. If a row moves to a position that the walk has already passed (an UPDATE by the application, VACUUM FULL,
     * CLUSTER), the query over the whole table at the end finds it, or the next pass does. Each row is changed once.
     *
     * <p>A reject is remembered by its position. If its row moves, {@code retry()} finds it by {@code pending()} instead.
     * {@link MigrationHandle#acceptRejects} is refused, because another row may get that position; exclude such rows in
     * {@code pending()}.
     *
     * @param table the table that is walked
     * @return the key
     */
    public static BatchKey byPosition(Table<?> table) {
        return new BatchKey(table, List.of(), Order.POSITION);
    }

    /**
     * The same key, walked from the highest to the lowest, with all its columns reversed: newest rows first if new rows get higher
     * keys. The database reads the key's index backwards, so no other index is needed.
     *
     * <p>The walk doesn't reach rows with higher keys that are inserted after it has begun. If the migration overrides
     * {@link BatchMigration#pending()}, the query over the whole table at the end finds them, or the next pass does. Otherwise they
     * stay as they are: make the application write them in the new shape before the migration begins.
     *
     * <p>If the direction changes while a migration is in progress, its walk starts over. Without {@code pending()} that is
     * refused.
     *
     * @return the key
     * @throws IllegalStateException for a walk by position, which has only one direction
     */
    public BatchKey descending() {
        if (order == Order.POSITION) {
            throw new IllegalStateException(
                    "a walk of " + table + " by position has one direction; leave out descending()");
        }
        return new BatchKey(table, fields, Order.DESCENDING);
    }
}
