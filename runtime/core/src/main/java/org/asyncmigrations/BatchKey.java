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
 * @param fields the columns of the key, the most significant first
 */
public record BatchKey(Table<?> table, List<Field<?>> fields) {
    /**
     * Copies the columns.
     *
     * @param table the table that is walked
     * @param fields the columns of the key, the most significant first
     * @throws IllegalArgumentException without a column
     */
    public BatchKey {
        Objects.requireNonNull(table, "table may not be null; name the table that is walked");
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a batch key must name at least one column of " + table);
        }
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
}
