package org.asyncmigrations.batch;

import java.util.List;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Searches a stretch of keys for pending rows, without locks.
 *
 * @param space the table
 * @param dsl access to the database
 */
record Look(KeySpace space, DSLContext dsl) {
    /** Takes the count's place in the row with the first pending key. */
    private static final long PENDING = -1;

    /**
     * What was found.
     *
     * @param last the last key that was seen, null for none
     * @param keys how many keys there are, 0 for unknown
     * @param isTail whether no keys are left after them
     * @param pending the first pending key, null for none
     */
    record Sight(
            @Nullable Key last,
            long keys,
            boolean isTail,
            @Nullable Key pending) {}

    /** Looks over the {@code keys} keys after {@code after}, or the rest of them up to {@code upTo}. */
    Sight over(@Nullable Key after, @Nullable Key upTo, long keys) {
        if (space.product().materializes() && space.positions() == null) {
            return sight(dsl.fetch(once(after, upTo, keys)), keys);
        }
        Key full = space.end(dsl, after, upTo, keys);
        if (full != null) {
            return new Sight(full, space.keys(dsl, after, full, keys), false, space.firstPending(dsl, after, full));
        }
        Key last = upTo == null ? space.last(dsl, after) : upTo;
        return new Sight(last, 0, true, space.firstPending(dsl, after, upTo));
    }

    /** Reads the rows only once. MariaDB and H2 would read them for each use of the common table expression. */
    private Select<Record> once(@Nullable Key after, @Nullable Key upTo, long keys) {
        KeyFields fields = space.fields();
        CommonTableExpression<?> seen = DSL.name("async_seen")
                .asMaterialized(dsl.select(fields.inner())
                        .select(DSL.field(space.pendingOf(DSL.noCondition())).as("async_pending"))
                        .from(space.table())
                        .where(space.range(after, upTo))
                        .orderBy(fields.order())
                        .limit(keys));
        Field<Long> count =
                DSL.field(DSL.select(DSL.count().cast(Long.class)).from(seen)).as("async_count");
        Select<Record> last = DSL.select(fields.outerTexts())
                .select(count)
                .from(seen)
                .orderBy(fields.outerReversed())
                .limit(1);
        Select<Record> firstPending = DSL.select(fields.outerTexts())
                .select(DSL.inline(PENDING).as("async_count"))
                .from(seen)
                .where(DSL.condition(DSL.field(DSL.name("async_pending"), Boolean.class)))
                .orderBy(fields.outerOrder())
                .limit(1);
        // The pending row first: if something limits the result to one row, this one must not be lost.
        return dsl.with(seen).select().from(firstPending).unionAll(DSL.select().from(last));
    }

    private Sight sight(List<Record> found, long keys) {
        Key last = null;
        Key pending = null;
        long count = 0;
        for (Record row : found) {
            long number = row.get(space.columns().size(), Long.class);
            if (number == PENDING) {
                pending = space.key(row, 0);
            } else {
                last = space.key(row, 0);
                count = number;
            }
        }
        return new Sight(last, count, count < keys, pending);
    }
}
