package org.asyncmigrations.benchmarks.backfill.way;

import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.benchmarks.backfill.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.benchmarks.backfill.migrations.BatchChange;

/**
 * This project, with its defaults but for the threads and, where it is asked for, the target batch time: from {@code dispatch()} to
 * the end, its state tables and the pass that verifies included.
 *
 * @param threads how many workers
 * @param change one statement a batch, or each row in Java
 */
record Migrate(int threads, BatchChange change) implements Way {
    @Override
    public Work prepare(Filling filling) {
        BatchChange traced = traced(filling.trace());
        var builder =
                AsyncMigrationRegistry.builder(filling.pool(), () -> traced).threads(threads);
        if (!filling.target().isZero()) {
            builder.targetBatchTime(filling.target());
        }
        return () -> run(builder.build());
    }

    private static void run(MigrationRegistry registry) throws InterruptedException {
        try (registry) {
            Dispatch dispatch = registry.dispatch();
            if (dispatch.await() != Dispatch.Outcome.DONE) {
                throw new IllegalStateException(dispatch.message());
            }
        }
    }

    /** A batch that is tried again is there twice; the check of the rows is another's. */
    private BatchChange traced(Trace trace) {
        return batch -> {
            long rows = change.apply(batch);
            trace.batch(rows);
            return rows;
        };
    }
}
