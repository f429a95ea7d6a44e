package org.asyncmigrations.batch;

import java.time.Duration;

/**
 * How many keys the next batch walks: steered by the time that batches take, from BEGIN to the return of COMMIT. Keys are counted,
 * not rows changed, so that a stretch without pending rows is crossed in long steps. Used by one thread.
 */
final class Pace {
    /** Small enough for the first batch to be short on any table (500 heavy rows are some 10 ms), large enough to be measured. */
    static final long FIRST = 500;

    /** Beyond this a batch gains nothing (3,000,000 keys in batches of 100,000 cost what one statement costs), and undo grows. */
    static final long MOST = 1_000_000;

    /** How much a batch that changes rows grows, unless it is far below the target: as GitLab's optimizer, so that a step into heavier rows overshoots by little. */
    private static final double GROWTH = 1.2;

    /**
     * So many times in a row a smaller batch may take as long as the larger one before it. Once is what rows look like that are
     * heavier still where the heavy ones end; twice, and it is not rows that take the time, but what each batch costs: a cold
     * JVM, a long way to the server.
     */
    private static final int IN_VAIN = 2;

    private long target;
    private long most = MOST;
    private long size;
    private long keysBefore;
    private long nanosBefore;
    private int inVain;

    /**
     * A pace for one walk.
     *
     * @param target how long a batch shall take at most
     * @param remembered the size that an earlier walk ended with, 0 for none
     */
    Pace(Duration target, long remembered) {
        this.target = Math.max(1, target.toNanos());
        this.size = remembered <= 0 ? FIRST : Math.min(remembered, MOST);
    }

    /**
     * Follows what an operator has tuned. A shorter target is met by the next batch already, as far as keys decide what it takes.
     *
     * @param target how long a batch shall take at most from now on
     * @param most how many keys it may walk
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
     * Learns from a batch that committed. Between a 1.2th of the target and the target the size stays: one step more would
     * pass the target, and the size would swing about it. Over the target it shrinks at once; where two smaller batches in a row
     * have taken as long, rows are not what takes the time, and of two batches only one is smaller, to see when they are.
     *
     * @param keys keys walked; fewer than {@link #size()} at the end of a range
     * @param changed rows changed
     * @param took from BEGIN to the return of COMMIT
     */
    void walked(long keys, long changed, Duration took) {
        long nanos = Math.max(1, took.toNanos());
        if (keys <= 0) {
            return; // It says nothing of what a key costs.
        }
        if (nanos > target) {
            shrink(keys, nanos);
            return;
        }
        nanosBefore = 0;
        inVain = 0;
        if (keys >= size && nanos * GROWTH < target) {
            boolean crossing = nanos < target / 2 && changed * 100 < keys;
            boolean isFarBelow = nanos < target / 4;
            size = Math.min(most, Math.max(size + 1, (long) (size * (crossing || isFarBelow ? 2 : GROWTH))));
        }
    }

    /** In proportion, unless that has been seen to be in vain: the size before the last time is then taken again. */
    private void shrink(long keys, long nanos) {
        if (nanosBefore > 0 && keys < keysBefore) {
            double hopedFor = nanosBefore * (1 - (double) keys / keysBefore);
            boolean isVain = 2.0 * (nanosBefore - nanos) < hopedFor && nanos < 2.0 * nanosBefore;
            inVain = isVain ? Math.min(IN_VAIN, inVain + 1) : 0;
        } else {
            inVain = Math.min(IN_VAIN - 1, inVain);
        }
        size = inVain == IN_VAIN
                ? Math.min(most, keysBefore)
                : Math.max(1, Math.min(size, (long) (keys * ((double) target / nanos))));
        keysBefore = keys;
        nanosBefore = nanos;
    }

    /** Learns from a batch that timed out, of which no time is known. */
    void halve() {
        size = Math.max(1, size / 2);
    }
}
