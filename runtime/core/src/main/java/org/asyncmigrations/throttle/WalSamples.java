package org.asyncmigrations.throttle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Where a primary's write-ahead log ended at some moments. A standby that has not replayed to where it ended a while ago is at
 * least that while behind, whatever it says of itself: what PostgreSQL measures (replay_lag) moves only when the standby answers.
 * Used by one thread at a time.
 */
final class WalSamples {
    /** Of the limit: a lag is noticed by so little later. It bounds what is kept, too. */
    private static final int APART = 100;

    private final long mostNanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    WalSamples(Duration most) {
        this.mostNanos = most.toNanos();
    }

    /**
     * Adds a moment.
     *
     * @param end where the log ended
     * @param nanos when that had been read
     */
    void add(long end, long nanos) {
        Sample last = samples.peekLast();
        if (last != null && end < last.end()) {
            // Another primary: this one has never written what the other's samples name.
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
     * @param nanos now
     * @return where the log ended when the longest allowed lag began; empty while that is not known
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
