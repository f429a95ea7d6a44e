package org.asyncmigrations.benchmarks.backfill.way;

import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.benchmarks.backfill.migrations.AsyncMigrationRegistry;
import org.asyncmigrations.benchmarks.backfill.migrations.BatchChange;

/**
 * This project, with default settings except the threads and, if given, the target batch time: from {@code dispatch()} to the
 * end, including its state tables and the verification.
 *
 * @param threads how many workers
 * @param change one statement for each batch, or each row in Java
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

    /** A batch that is retried is recorded twice; the rows are checked elsewhere. */
    private BatchChange traced(Trace trace) {
        return batch -> {
            long rows = change.apply(batch);
            trace.batch(rows);
            return rows;
        };
    }
}
