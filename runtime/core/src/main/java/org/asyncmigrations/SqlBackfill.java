package org.asyncmigrations;

import org.jooq.Condition;

/**
 * A back-fill in one declaration: the table, its key, the condition for pending rows, and the values of the columns. It needs no
 * {@link Idempotent} marker: {@link Backfill#pending} is mandatory and makes it {@link By#PENDING_ROWS}.
 */
public interface SqlBackfill extends BatchMigration {
    /**
     * The back-fill.
     *
     * @return what to change; the same at each call
     */
    Backfill backfill();

    @Override
    default BatchKey key() {
        return backfill().complete().key();
    }

    @Override
    default Condition pending() {
        return backfill().complete().condition();
    }

    @Override
    default long migrate(RowBatch batch) throws Exception {
        return backfill().complete().change(batch);
    }
}
