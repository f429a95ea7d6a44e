package org.asyncmigrations.throttle;

import java.time.Duration;

/**
 * Pauses after each batch, in proportion to the time that the batch took. Stateless and thread-safe.
 *
 * @param share of the time, more than 0 and at most 1
 */
record LoadShare(double share) implements Throttle {
    LoadShare {
        // Written this way so that NaN is refused too.
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("load must be more than 0 and at most 1, but is " + share);
        }
    }

    @Override
    public Answer ask(ThrottleRun run) {
        double restNanos = run.lastBatch().toNanos() * ((1 - share) / share);
        Duration left = Duration.ofNanos((long) restNanos).minus(run.rested());
        boolean isOver = left.isZero() || left.isNegative();
        return isOver
                ? Answer.goOn()
                : Answer.notNow("works " + Percent.of(share) + " of the time, as load allows")
                        .askAgainAfter(left);
    }
}
