package org.asyncmigrations.example.quickstart;

import java.util.Arrays;
import java.util.Locale;

/** How long each write had to wait. Thread-safe. */
final class Waits {
    private static final double NANOS_A_MILLI = 1e6;

    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long waited) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = waited;
    }

    synchronized int count() {
        return count;
    }

    /** {@return the 99th percentile and the maximum, in milliseconds} */
    @Override
    public synchronized String toString() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        long p99 = count == 0 ? 0 : sorted[(int) (count * 0.99)];
        long longest = count == 0 ? 0 : sorted[count - 1];
        return String.format(
                Locale.ROOT,
                "%,d writes, p99 %,.1f ms, longest %,.1f ms",
                count,
                p99 / NANOS_A_MILLI,
                longest / NANOS_A_MILLI);
    }
}
