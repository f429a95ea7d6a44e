package org.asyncmigrations.benchmarks.backfill;

import java.util.List;
import java.util.Locale;
import org.asyncmigrations.benchmarks.backfill.client.Waits;
import org.asyncmigrations.benchmarks.backfill.way.WayProcess;

/**
 * One run of one way.
 *
 * @param rows how many rows were to be filled
 * @param outcome what the way took
 * @param waits what the foreground client had to wait meanwhile
 * @param batches what was changed when, as far as the way says it
 */
record Run(long rows, WayProcess.Outcome outcome, Waits waits, List<Batch> batches) {
    /**
     * Rows that were changed at once.
     *
     * @param atSeconds when they were, since the beginning
     * @param rows how many
     */
    record Batch(double atSeconds, long rows) {}

    Run {
        batches = List.copyOf(batches);
    }

    double seconds() {
        return outcome.seconds();
    }

    double rowsPerSecond() {
        return rows / outcome.seconds();
    }

    /** Until the first rows were changed: what is made and looked up before. */
    double firstSeconds() {
        return batches.stream().mapToDouble(Batch::atSeconds).min().orElse(Double.NaN);
    }

    double batchRows() {
        long[] sorted = batches.stream().mapToLong(Batch::rows).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f s, client p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                seconds(),
                waits.percentile(50),
                waits.percentile(99),
                waits.longest());
    }
}
