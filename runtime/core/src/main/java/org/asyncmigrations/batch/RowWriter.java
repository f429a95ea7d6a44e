package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * Writes changed rows back by the quickest way that the database has for their types.
 *
 * @param dsl the way to the database
 * @param space the table
 * @param range the batch's range, which every row is in
 */
record RowWriter(DSLContext dsl, KeySpace space, Condition range) {
    /** Beyond this a statement with values a row gains nothing, and bind values stay far below every limit. */
    private static final int MOST_ROWS = 1_000;

    /** With arrays the server reads the batch's stretch of the table once a statement. */
    private static final int MOST_ROWS_IN_ARRAYS = 100_000;

    /** A quarter of the smallest default packet, MySQL's and MariaDB's 16 MB, at four bytes a character. */
    private static final int MOST_WEIGHT = 1_000_000;

    /** One way to write rows in one round trip. */
    interface Way {
        /** Writes rows whose changed columns are the same. */
        void write(List<Field<?>> columns, List<ChangedRow> rows);
    }

    void write(List<Field<?>> columns, List<ChangedRow> rows) {
        switch (dsl.family()) {
            case POSTGRES -> {
                boolean fits = ArrayUpdate.fits(columns, space);
                write(
                        columns,
                        rows,
                        fits ? new ArrayUpdate(this) : new SingleUpdates(this),
                        fits ? MOST_ROWS_IN_ARRAYS : MOST_ROWS);
            }
            case MARIADB, MYSQL -> {
                boolean fits = JoinUpdate.fits(columns);
                Map<Boolean, List<ChangedRow>> joined =
                        rows.stream().collect(Collectors.partitioningBy(row -> fits && JoinUpdate.fits(columns, row)));
                write(columns, joined.get(true), new JoinUpdate(this), MOST_ROWS);
                write(columns, joined.get(false), new SingleUpdates(this), MOST_ROWS);
            }
            default -> write(columns, rows, new SingleUpdates(this), MOST_ROWS);
        }
    }

    private static void write(List<Field<?>> columns, List<ChangedRow> rows, Way way, int most) {
        List<ChangedRow> chunk = new ArrayList<>();
        int weight = 0;
        for (ChangedRow row : rows) {
            chunk.add(row);
            weight += row.weight();
            if (chunk.size() == most || weight >= MOST_WEIGHT) {
                way.write(columns, chunk);
                chunk.clear();
                weight = 0;
            }
        }
        if (!chunk.isEmpty()) {
            way.write(columns, chunk);
        }
    }
}
