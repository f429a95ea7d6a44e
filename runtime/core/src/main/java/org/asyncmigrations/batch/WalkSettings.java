package org.asyncmigrations.batch;

import java.time.Duration;
import org.asyncmigrations.Tuning;

/**
 * How ranges are walked. Immutable, and so safe for threads.
 *
 * @param targetBatchTime how long a batch's transaction should take
 * @param lockTimeout how long a statement may wait for a lock
 * @param claimTime how long a claim holds without renewal
 * @param longestPause the longest wait from one trouble to the next: short enough to be back soon after a restart of the server
 * @param maxAttempts how often an attempt may fail before the migration does
 * @param rejectBudget how many rows may be set aside
 * @param verbose whether each batch is logged for all to see
 */
public record WalkSettings(
        Duration targetBatchTime,
        Duration lockTimeout,
        Duration claimTime,
        Duration longestPause,
        int maxAttempts,
        int rejectBudget,
        boolean verbose) {
    /** Below the server's deadlock timeout, and a second if rounded to whole ones. */
    private static final Duration LONG_LOCK = Duration.ofMillis(900);

    /** {@return these, with the target that an operator has tuned; a lock timeout of that length was not set, and follows} */
    WalkSettings tuned(Tuning tuning) {
        Duration target = tuning.targetBatchTime();
        if (target == null || target.equals(targetBatchTime)) {
            return this;
        }
        Duration lock = lockTimeout.equals(targetBatchTime) ? target : lockTimeout;
        return new WalkSettings(target, lock, claimTime, longestPause, maxAttempts, rejectBudget, verbose);
    }

    /** {@return how long a statement of a batch may take: so long that nobody waits longer than twice the target} */
    Duration statementTimeout() {
        return targetBatchTime.multipliedBy(2);
    }

    /** {@return how long a batch of one row may wait for that row: it holds nothing that others wait for, and is seen to wait} */
    Duration longLockTimeout() {
        return longer(lockTimeout, LONG_LOCK);
    }

    /** {@return how long a statement of a batch of one row may take} */
    Duration longStatementTimeout() {
        return longer(statementTimeout(), longLockTimeout().multipliedBy(2));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * How long rows are changed in Java before the batch ends with the row at hand: so long that batches of the usual size come to
     * their end, and a part of what the claim allows if the target is long.
     *
     * @return the time
     */
    Duration rowsTime() {
        Duration byTarget = targetBatchTime.multipliedBy(4);
        Duration byClaim = claimTime.dividedBy(4);
        return byTarget.compareTo(byClaim) < 0 ? byTarget : byClaim;
    }

    /** {@return how long the user's code may take between two statements or two rows: for one that takes longer no claim is renewed} */
    Duration thinkTime() {
        return claimTime.multipliedBy(4);
    }

    /** {@return how long a statement may take that only reads: it holds nothing that others wait for} */
    Duration lookTimeout() {
        return targetBatchTime.multipliedBy(20);
    }

    /**
     * How long the transaction of a batch may take: it has ended before a claim that is not renewed any more expires. Many times
     * what a batch takes; where the target leaves no room for that, any time.
     *
     * @param statement how long each of its statements may take
     */
    Duration transactionTimeout(Duration statement) {
        Duration time = claimTime.multipliedBy(3).dividedBy(4);
        return statement.multipliedBy(4).compareTo(time) <= 0 ? time : Duration.ZERO;
    }
}
