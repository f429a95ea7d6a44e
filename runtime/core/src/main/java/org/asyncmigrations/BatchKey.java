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
 * The key by which a {@link BatchMigration} walks its table: one column or several, of any type that the database orders,
 * dense or with gaps. All comparison of keys is done by the database. Immutable, and so safe for threads.
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
        /** By the place of the rows in the table's files, for a table without a unique key. */
        POSITION
    }

    /**
     * Copies the columns.
     *
     * @param table the table that is walked
     * @param fields the columns of the key, the most significant first
     * @param order the order in which the rows are walked
     * @throws IllegalArgumentException without a column, except by position, or with one by position
     */
    public BatchKey {
        Objects.requireNonNull(table, "table may not be null; name the table that is walked");
        Objects.requireNonNull(order, "order may not be null; take ASCENDING");
        fields = List.copyOf(fields);
        if (fields.isEmpty() && order != Order.POSITION) {
            throw new IllegalArgumentException("a batch key must name at least one column of " + table);
        }
        if (!fields.isEmpty() && order == Order.POSITION) {
            throw new IllegalArgumentException("a walk of " + table + " by position may name no column, and names "
                    + fields + "; take BatchKey.byPosition(table)");
        }
    }

    /**
     * A key that is walked from the lowest to the highest.
     *
     * @param table the table that is walked
     * @param fields the columns of the key, the most significant first
     * @throws IllegalArgumentException without a column
     */
    public BatchKey(Table<?> table, List<Field<?>> fields) {
        this(table, fields, Order.ASCENDING);
    }

    /**
     * A key of one column; the table is the column's.
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
     * A key of one or several columns, for plain tables too.
     *
     * @param table the table that is walked
     * @param fields its columns, the most significant first
     * @return the key
     */
    public static BatchKey of(Table<?> table, Field<?>... fields) {
        return new BatchKey(table, List.of(fields));
    }

    /**
     * A key by names, as SQL text has them: {@code BatchKey.of("orders", "id")}, {@code BatchKey.of("shop.orders", "shop_id", "id")}.
     * Names that need quotes are written with them. {@link RowBatch#rows()} then names each column together with its table, so
     * that a statement may join other tables; the walked table itself is written without an alias.
     *
     * @param table the table that is walked, with or without its schema
     * @param columns the columns of the key, the most significant first
     * @return the key
     * @throws IllegalArgumentException without a column, or if a name is blank
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
                    "a batch key may not name a blank table or column: BatchKey.of(\"" + table + "\", …)");
        }
        return name;
    }

    /**
     * No key, but the place of the rows in the table's files: for a table of PostgreSQL's without a unique key. Other databases
     * refuse it and say what to do instead, and so does PostgreSQL for a partitioned table, a table that others inherit from, and a
     * view.
     *
     * <p>An UPDATE moves a row to another place, so that the migration has to say by {@link BatchMigration#pending()} which rows
     * still need the change; it is refused without. A row that moves to a place that the walk has already passed (an UPDATE of
     * the application, VACUUM FULL, CLUSTER) is found by the look over the whole table at the end, or by the next pass. Each row
     * is changed once.
     *
     * <p>A reject is remembered by its place. If its row moves, {@code retry()} finds it by {@code pending()} and not by that place.
     * {@link MigrationHandle#acceptRejects} is refused, because another row may get that place: leave such rows out by {@code
     * pending()}.
     *
     * @param table the table that is walked
     * @return the key
     */
    public static BatchKey byPosition(Table<?> table) {
        return new BatchKey(table, List.of(), Order.POSITION);
    }

    /**
     * The same key, walked from the highest to the lowest, in the strictly reversed order of all its columns: newest rows first
     * where new rows get higher keys. The database reads the key's index backwards; no other index is needed.
     *
     * <p>Rows with higher keys that are inserted while the walk goes on lie behind its beginning. A migration with {@link
     * BatchMigration#pending()} finds them by the look over the whole table at its end, or by the next pass. Without {@code
     * pending()} they stay as they are: the application has to write them in the new shape before the migration begins.
     *
     * <p>Another direction is another walk: if the direction changes while a migration is in progress, the migration begins anew
     * with {@code pending()}, and is refused without.
     *
     * @return the key
     * @throws IllegalStateException by position, which has one direction only
     */
    public BatchKey descending() {
        if (order == Order.POSITION) {
            throw new IllegalStateException(
                    "a walk of " + table + " by position has one direction; leave out descending()");
        }
        return new BatchKey(table, fields, Order.DESCENDING);
    }
}
