package org.asyncmigrations.benchmarks.backfill.way;

import org.asyncmigrations.Dispatch;
import org.asyncmigrations.benchmarks.backfill.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.benchmarks.backfill.migrations.BatchChange;
import org.asyncmigrations.benchmarks.backfill.migrations.Services;

/**
 * This project, with its defaults but for the threads and, where it is asked for, the target batch time: from {@code dispatch()} to
 * the end, its state tables and the pass that verifies included.
 *
 * @param threads how many workers
 * @param change one statement a batch, or each row in Java
 */
record Migrate(int threads, BatchChange change) implements Way {
    @Override
    public void run(Order order) throws Exception {
        var builder = AsyncMigrationRegistry.builder(order.pool(), new Services(traced(order.trace())))
                .threads(threads);
        if (!order.target().isZero()) {
            builder.targetBatchTime(order.target());
        }
        try (var migrations = builder.build()) {
            Dispatch dispatch = migrations.dispatch();
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
