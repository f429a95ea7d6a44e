package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.asyncmigrations.state.RangeRows;

/**
 * The speed at which a worker walks the table of one migration, including rests, and the time between its batches. It outlives a
 * range, since a worker gets a new range every few seconds. Used by one thread at a time.
 */
final class WalkSpeed {
    /**
     * The time constant of the average, in nanoseconds: older batches count ever less. Long enough for a steady rate, short enough
     * to follow a throttle.
     */
    private static final double MEMORY = Duration.ofSeconds(30).toNanos();

    /** After this time, the worker hasn't rested but done something else. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    private final long version;
    private long endedAt;
    private boolean begun;
    private long throttledNanos;
    private double keys;
    private double nanos;

    /**
     * @param version the migration
     * @param now when the first batch begins
     */
    WalkSpeed(long version, long now) {
        this.version = version;
        this.endedAt = now;
    }

    /** The speeds of the workers that are between two ranges. Thread-safe. */
    static final class Idle {
        private final Deque<WalkSpeed> idle = new ArrayDeque<>();

        /** {@return the speed of a worker that has just walked the same table, or a new one; to be given back} */
        synchronized WalkSpeed take(long version, long now) {
            idle.removeIf(one -> now - one.endedAt > FORGOTTEN.toNanos());
            for (Iterator<WalkSpeed> all = idle.iterator(); all.hasNext(); ) {
                WalkSpeed one = all.next();
                if (one.version == version) {
                    all.remove();
                    return one;
                }
            }
            return new WalkSpeed(version, now);
        }

        synchronized void giveBack(WalkSpeed one) {
            idle.add(one);
        }
    }

    /** A throttle has held the worker for a time. */
    void throttled(long forNanos) {
        throttledNanos += forNanos;
    }

    /**
     * A batch is going to commit.
     *
     * @param walked the keys since the previous one
     * @param took how long it has taken so far
     * @param now the current time
     */
    RangeRows.Speed commits(long walked, Duration took, long now) {
        long passed = Math.max(1, now - endedAt);
        // Treats the keys as walked evenly over the time that has passed.
        double kept = Math.exp(-passed / MEMORY);
        keys = keys * kept + walked * (1 - kept) * MEMORY / passed;
        nanos = nanos * kept + (1 - kept) * MEMORY;
        return new RangeRows.Speed(
                took.toMillis(), Math.round(keys / nanos * Duration.ofSeconds(1).toNanos()));
    }

    /** The time between two batches, and the part of it in which a throttle held. */
    record Rest(Duration rested, Duration throttled) {}

    /** A batch has committed. {@return the time between the previous batch and its beginning} */
    Rest committed(Duration took, long now) {
        Duration rested = begun ? Duration.ofNanos(Math.max(0, now - endedAt - took.toNanos())) : Duration.ZERO;
        Duration throttled = Duration.ofNanos(Math.min(rested.toNanos(), throttledNanos));
        begun = true;
        endedAt = now;
        throttledNanos = 0;
        return new Rest(rested, throttled);
    }
}
