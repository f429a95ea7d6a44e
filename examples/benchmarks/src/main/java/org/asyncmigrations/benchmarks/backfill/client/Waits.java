package org.asyncmigrations.benchmarks.backfill.client;

import java.util.List;

/**
 * How long the client's writes took.
 *
 * @param writes the writes, in the order in which they were due
 */
public record Waits(List<Wait> writes) {
    /**
     * One write.
     *
     * @param dueSeconds when it was due, from the beginning of the measurement
     * @param millis the time from then until it was committed
     */
    public record Wait(double dueSeconds, double millis) {}

    /**
     * Copies the list.
     *
     * @param writes the writes
     */
    public Waits {
        writes = List.copyOf(writes);
    }

    /**
     * A percentile, by the nearest rank: this share of the writes took as long or less.
     *
     * @param percent above 0; 100 for the longest
     * @return milliseconds, NaN without a write
     */
    public double percentile(double percent) {
        if (writes.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted = writes.stream().mapToDouble(Wait::millis).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    /** {@return the longest wait in milliseconds, NaN without a write} */
    public double longest() {
        return percentile(100);
    }
}
