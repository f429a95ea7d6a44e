package org.asyncmigrations;

import org.jooq.Condition;

/**
 * A back-fill in one declaration: which table, by which key, which rows are pending, and what their columns are set to. It needs no
 * {@link Idempotent} marker: {@link Backfill#pending} is mandatory, and makes it {@link By#PENDING_ROWS}.
 */
public interface SqlBackfill extends BatchMigration {
    /**
     * The back-fill.
     *
     * @return what is changed; the same each time it is asked for
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
