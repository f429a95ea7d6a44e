package org.asyncmigrations.batch;

import java.time.Duration;

/**
 * Decides how many keys the next batch walks, from the time that batches take between BEGIN and the return of COMMIT. It counts
 * keys and not changed rows, so that a stretch without pending rows is crossed in long steps. Used by one thread.
 *
 * <p>Only the time spent on the rows gets shorter with fewer rows. The rest of a batch (its other exchanges with the server) doesn't,
 * and on a busy machine it may take longer than the whole batch should. So the rows may always take half as long as the rest,
 * otherwise batches would shrink to one row without getting shorter, and the work would never end.
 */
final class Pace {
    /** Small enough for the first batch to be short on any table (500 heavy rows are some 10 ms), large enough to be measured. */
    static final long FIRST = 500;

    /** A larger batch gains nothing (3,000,000 keys in batches of 100,000 cost as much as in one statement), and undo grows. */
    static final long MOST = 1_000_000;

    /**
     * How much a batch that changes rows grows, unless it is far below the target. The same factor as in GitLab's optimizer, so
     * that a step into heavier rows exceeds the target only a little.
     */
    private static final double GROWTH = 1.2;

    /**
     * How many times in a row a smaller batch may take as long as the larger one before it. Once happens where rows get heavier.
     * Twice means that the rows don't take the time, but a fixed cost of each batch: a cold JVM, a slow network.
     */
    private static final int IN_VAIN = 2;

    /** How many targets the rows may take because the rest of their batch takes long. Such a rest may be a stall that ends. */
    private static final int TARGETS = 2;

    private long target;
    private long most = MOST;
    private long size;
    private long keysBefore;
    private long nanosBefore;
    private int inVain;

    /**
     * A pace for one walk.
     *
     * @param target how long a batch may take
     * @param remembered the size that an earlier walk ended with, 0 for none
     */
    Pace(Duration target, long remembered) {
        this.target = Math.max(1, target.toNanos());
        this.size = remembered <= 0 ? FIRST : Math.min(remembered, MOST);
    }

    /**
     * Applies an operator's tuning. The next batch already meets a shorter target, as far as its time depends on keys.
     *
     * @param target how long a batch may take
     * @param most how many keys a batch may walk
     */
    void follow(Duration target, long most) {
        long nanos = Math.max(1, target.toNanos());
        if (nanos != this.target) {
            size = Math.max(1, (long) (size * Math.min(1, (double) nanos / this.target)));
            nanosBefore = 0;
            inVain = 0;
        }
        this.target = nanos;
        this.most = most;
        size = Math.min(size, most);
    }

    /** {@return how many keys the next batch walks: 1 to 1,000,000} */
    long size() {
        return size;
    }

    /**
     * Learns from a committed batch. Between 1/1.2 of the allowed time and the allowed time, the size stays: one more step would
     * pass it, and the size would oscillate. Over the allowed time, it shrinks at once. If two smaller batches in a row have taken
     * as long, the rows don't take the time; then only every other batch is smaller, to notice when they do.
     *
     * @param keys keys walked; fewer than {@link #size()} at the end of a range
     * @param changed rows changed
     * @param took from BEGIN to the return of COMMIT
     * @param onRows the part of it that was spent on the rows
     * @param waited whether someone waited for it: the next one should take half as long
     */
    void walked(long keys, long changed, Duration took, Duration onRows, boolean waited) {
        long nanos = Math.max(1, onRows.toNanos());
        if (keys <= 0) {
            return; // It says nothing about the cost of a key.
        }
        long rest = Math.max(0, took.toNanos() - nanos);
        long least = Math.min(rest / 2, TARGETS * target);
        long allowed = Math.max(waited ? Math.min(target - rest, (nanos - rest) / 2) : target - rest, least);
        if (nanos > allowed) {
            shrink(keys, nanos, allowed);
            return;
        }
        nanosBefore = 0;
        inVain = 0;
        if (!waited && keys >= size && nanos * GROWTH < allowed) {
            boolean crossing = nanos < allowed / 2 && changed * 100 < keys;
            boolean isFarBelow = nanos < allowed / 4;
            size = Math.min(most, Math.max(size + 1, (long) (size * (crossing || isFarBelow ? 2 : GROWTH))));
        }
    }

    /** Shrinks in proportion to the time. If that has proved useless, takes the size of the previous batch again. */
    private void shrink(long keys, long nanos, long allowed) {
        if (nanosBefore > 0 && keys < keysBefore) {
            double hopedFor = nanosBefore * (1 - (double) keys / keysBefore);
            boolean isVain = 2.0 * (nanosBefore - nanos) < hopedFor && nanos < 2.0 * nanosBefore;
            inVain = isVain ? Math.min(IN_VAIN, inVain + 1) : 0;
        } else {
            inVain = Math.min(IN_VAIN - 1, inVain);
        }
        size = inVain == IN_VAIN
                ? Math.min(most, keysBefore)
                : Math.max(1, Math.min(size, (long) (keys * ((double) allowed / nanos))));
        keysBefore = keys;
        nanosBefore = nanos;
    }

    /** Learns from a batch that timed out, whose time isn't known. */
    void halve() {
        size = Math.max(1, size / 2);
    }
}
