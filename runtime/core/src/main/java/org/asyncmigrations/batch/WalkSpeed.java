package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.asyncmigrations.state.RangeRows;

/**
 * How fast a worker walks the table of one migration, rests included, and what passes between its batches. It outlives the range, of
 * which a worker has a new one every few seconds. Used by one thread at a time.
 */
final class WalkSpeed {
    /** What is longer ago counts ever less: long enough for a rate that does not jump, short enough to follow a throttle. */
    private static final double MEMORY = Duration.ofSeconds(30).toNanos();

    /** After so long the worker has not rested, but done something else. */
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

    /** Those of the workers that are between two ranges. Safe for threads. */
    static final class Idle {
        private final Deque<WalkSpeed> idle = new ArrayDeque<>();

        /** {@return that of a worker that has just walked the same table, or a new one; to be given back} */
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

    /** A throttle has held the worker. */
    void throttled(long forNanos) {
        throttledNanos += forNanos;
    }

    /**
     * Learns that a batch is about to commit.
     *
     * @param walked the keys since the one before
     * @param took how long it has taken so far
     * @param now now
     */
    RangeRows.Speed commits(long walked, Duration took, long now) {
        long passed = Math.max(1, now - endedAt);
        // As if the keys had been walked evenly in the time that has passed.
        double kept = Math.exp(-passed / MEMORY);
        keys = keys * kept + walked * (1 - kept) * MEMORY / passed;
        nanos = nanos * kept + (1 - kept) * MEMORY;
        return new RangeRows.Speed(
                took.toMillis(), Math.round(keys / nanos * Duration.ofSeconds(1).toNanos()));
    }

    /** The time between two batches, and the part of it in which a throttle held. */
    record Rest(Duration rested, Duration throttled) {}

    /** Learns that a batch has committed. {@return the time between the one before and its beginning} */
    Rest committed(Duration took, long now) {
        Duration rested = begun ? Duration.ofNanos(Math.max(0, now - endedAt - took.toNanos())) : Duration.ZERO;
        Duration throttled = Duration.ofNanos(Math.min(rested.toNanos(), throttledNanos));
        begun = true;
        endedAt = now;
        throttledNanos = 0;
        return new Rest(rested, throttled);
    }
}
