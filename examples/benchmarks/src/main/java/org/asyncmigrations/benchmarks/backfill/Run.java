package org.asyncmigrations.benchmarks.backfill;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asyncmigrations.benchmarks.backfill.client.Waits;
import org.asyncmigrations.benchmarks.backfill.way.WayProcess;

/**
 * One run of one way.
 *
 * @param rows how many rows had to be filled
 * @param outcome what the way took
 * @param waits how long the foreground client had to wait meanwhile
 * @param batches the batches, if the way reports them
 * @param account the seconds of its workers by activity, empty if they weren't recorded
 */
record Run(long rows, WayProcess.Outcome outcome, Waits waits, List<Batch> batches, Map<String, Double> account) {
    /**
     * The rows of one batch.
     *
     * @param atSeconds when they were changed, from the beginning of the run
     * @param rows how many
     */
    record Batch(double atSeconds, long rows) {}

    Run {
        batches = List.copyOf(batches);
        account = Map.copyOf(account);
    }

    double seconds() {
        return outcome.seconds();
    }

    double rowsPerSecond() {
        return rows / outcome.seconds();
    }

    /** {@return the time until the first rows were changed, which is spent on preparation} */
    double firstSeconds() {
        return batches.stream().mapToDouble(Batch::atSeconds).min().orElse(Double.NaN);
    }

    /** {@return the time until the last rows were changed, without the verification after them and without the last commit} */
    double walkSeconds() {
        return batches.stream().mapToDouble(Batch::atSeconds).max().orElse(Double.NaN);
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
