package org.asyncmigrations;

import java.util.List;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;

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
}
