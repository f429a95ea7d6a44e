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
 * @param dsl access to the database
 * @param table the table
 * @param shape its shape in the database
 * @param key the columns of its key
 * @param range a condition that all of the rows match, and that the key's index can serve
 * @param columns the changed columns, the same for all rows
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
    /**
     * With more rows, a statement that has bind values for each row isn't faster. The number of bind values stays far below every
     * limit.
     */
    static final int MOST = 1_000;

    /** With arrays, the server reads the batch's section of the table once per statement. */
    static final int MOST_IN_ARRAYS = 100_000;

    /** A quarter of the smallest default packet size (16 MB, MySQL and MariaDB), at four bytes per character. */
    private static final int MOST_WEIGHT = 1_000_000;

    /** {@return the same with only some of the rows} */
    ChangedRows of(List<ChangedRow> some) {
        return new ChangedRows(dsl, table, shape, key, range, columns, some);
    }

    /** {@return the name of a column's type for a cast, null if the table has no column of that name} */
    @Nullable
    String type(String name) {
        TableShape.Column column = shape.columns().get(name);
        return column == null ? null : column.castType();
    }

    /** Writes this many rows at once, or fewer if they are long. {@return the sum of what was written} */
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
