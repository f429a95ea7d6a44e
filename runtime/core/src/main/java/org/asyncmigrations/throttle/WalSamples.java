package org.asyncmigrations.throttle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The ends of a primary's write-ahead log at some moments. A standby that hasn't replayed up to an earlier end is behind by at
 * least the time since then, whatever it reports itself: PostgreSQL's own value (replay_lag) only changes when the standby answers.
 * Used by one thread at a time.
 */
final class WalSamples {
    /** Samples are this fraction of the limit apart. So a lag is noticed at most that much later, and the number of samples is bounded. */
    private static final int APART = 100;

    private final long mostNanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    WalSamples(Duration most) {
        this.mostNanos = most.toNanos();
    }

    /**
     * Adds a sample.
     *
     * @param end the end of the log
     * @param nanos when it was read
     */
    void add(long end, long nanos) {
        Sample last = samples.peekLast();
        if (last != null && end < last.end()) {
            // This is another primary. It has never written the positions of the earlier samples.
            samples.clear();
            last = null;
        }
        if (last == null || nanos - last.nanos() >= mostNanos / APART) {
            samples.add(new Sample(end, nanos));
        }
    }

    /**
     * What every standby must have replayed by now.
     *
     * @param nanos the current time
     * @return the end of the log at the start of the longest allowed lag; empty if there is no sample that old
     */
    OptionalLong due(long nanos) {
        Sample due = null;
        while (!samples.isEmpty() && nanos - samples.getFirst().nanos() > mostNanos) {
            due = samples.removeFirst();
        }
        if (due == null) {
            return OptionalLong.empty();
        }
        samples.addFirst(due);
        return OptionalLong.of(due.end());
    }

    private record Sample(long end, long nanos) {}
}
