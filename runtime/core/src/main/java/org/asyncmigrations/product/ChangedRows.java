package org.asyncmigrations.product;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were changed in Java, to be written back by their keys.
 *
 * @param dsl the way to the database
 * @param table the table
 * @param shape what the database says of it
 * @param key the columns of its key
 * @param range a condition that all of the rows match, which is read from the key's index
 * @param columns those that were changed, the same in all rows
 * @param rows the rows
 */
public record ChangedRows(
        DSLContext dsl,
        Table<?> table,
        TableShape shape,
        List<KeyColumn> key,
        Condition range,
        List<Field<?>> columns,
        List<ChangedRow> rows) {
    /** Beyond this a statement with values a row gains nothing, and bind values stay far below every limit. */
    static final int MOST = 1_000;

    /** With arrays the server reads the batch's stretch of the table once a statement. */
    static final int MOST_IN_ARRAYS = 100_000;

    /** A quarter of the smallest default packet, MySQL's and MariaDB's 16 MB, at four bytes a character. */
    private static final int MOST_WEIGHT = 1_000_000;

    /** {@return the same with some of the rows} */
    ChangedRows of(List<ChangedRow> some) {
        return new ChangedRows(dsl, table, shape, key, range, columns, some);
    }

    /** {@return the name of a column's type as the database casts to it, null for a column that it does not have by that name} */
    @Nullable
    String type(String name) {
        TableShape.Column column = shape.columns().get(name);
        return column == null ? null : column.castType();
    }

    /** Writes so many at once, or fewer if they are long. {@return the sum of what was written} */
    long inChunks(int most, ToLongFunction<ChangedRows> way) {
        long written = 0;
        List<ChangedRow> chunk = new ArrayList<>();
        int weight = 0;
        for (ChangedRow row : rows) {
            chunk.add(row);
            weight += row.weight();
            if (chunk.size() == most || weight >= MOST_WEIGHT) {
                written += way.applyAsLong(of(chunk));
                chunk = new ArrayList<>();
                weight = 0;
            }
        }
        return chunk.isEmpty() ? written : written + way.applyAsLong(of(chunk));
    }
}
