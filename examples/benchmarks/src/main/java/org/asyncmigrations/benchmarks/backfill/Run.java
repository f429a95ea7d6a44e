package org.asyncmigrations.benchmarks.backfill;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asyncmigrations.benchmarks.backfill.client.Waits;
import org.asyncmigrations.benchmarks.backfill.way.WayProcess;

/**
 * One run of one way.
 *
 * @param rows how many rows were to be filled
 * @param outcome what the way took
 * @param waits what the foreground client had to wait meanwhile
 * @param batches what was changed when, as far as the way says it
 * @param account the seconds of its workers by what they did, empty if nobody has looked
 */
record Run(long rows, WayProcess.Outcome outcome, Waits waits, List<Batch> batches, Map<String, Double> account) {
    /**
     * Rows that were changed at once.
     *
     * @param atSeconds when they were, since the beginning
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

    /** Until the first rows were changed: what is made and looked up before. */
    double firstSeconds() {
        return batches.stream().mapToDouble(Batch::atSeconds).min().orElse(Double.NaN);
    }

    /** Until the last rows were changed: what is looked over behind that, and the last commit, are not in it. */
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
