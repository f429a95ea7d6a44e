package org.asyncmigrations.batch;

import java.util.List;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.RowPositions;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a batch by position within a few pages. PostgreSQL reads rows in the order of their positions but sorts them
 * anyway: without a bound, the whole rest of the table.
 *
 * @param space the table
 * @param positions the rows' positions
 * @param keys how many rows the batch should have
 */
record PageWindow(KeySpace space, RowPositions positions, long keys) {
    /**
     * After this many doublings, a batch takes the rows that it has found, or none: many pages in a row may be empty, and each step
     * has to end in time.
     */
    private static final int DOUBLINGS = 3;

    /** {@return the end of the pages that are read first} */
    Key first(@Nullable Key after) {
        return behind(after, positions.pagesOf(keys));
    }

    /** {@return the last row of the batch, or the beginning of a page if fewer rows lie before it; null for the tail} */
    @Nullable
    Key end(DSLContext dsl, @Nullable Key after, @Nullable Key upTo) {
        long last = upTo == null ? positions.pages(dsl) - 1 : page(upTo);
        long pages = positions.pagesOf(keys);
        for (int i = 0; ; i++) {
            Key window = behind(after, pages);
            boolean isAll = page(window) > last;
            Key end = space.exactEnd(dsl, after, isAll ? upTo : window, keys);
            if (end != null || isAll) {
                return end;
            }
            if (i == DOUBLINGS) {
                return window;
            }
            pages *= 2;
        }
    }

    private static Key behind(@Nullable Key after, long pages) {
        return new Key(List.of(RowPositions.beginning((after == null ? 0 : page(after)) + pages)));
    }

    private static long page(Key position) {
        return RowPositions.page(position.values().get(0));
    }
}
