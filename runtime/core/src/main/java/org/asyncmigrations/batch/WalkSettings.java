package org.asyncmigrations.batch;

import java.time.Duration;
import org.asyncmigrations.Tuning;

/**
 * How ranges are walked. Immutable and thread-safe.
 *
 * @param targetBatchTime how long a batch's transaction should take
 * @param lockTimeout how long a statement may wait for a lock
 * @param claimTime how long a claim holds without renewal
 * @param longestPause the longest wait between two tries: short enough to continue soon after the server restarts
 * @param maxAttempts how often an attempt may fail before the migration does
 * @param rejectBudget how many rows may be set aside
 * @param verbose whether each batch is logged at INFO
 */
public record WalkSettings(
        Duration targetBatchTime,
        Duration lockTimeout,
        Duration claimTime,
        Duration longestPause,
        int maxAttempts,
        int rejectBudget,
        boolean verbose) {
    /** Below the server's deadlock timeout. Rounded to whole seconds, it's one second. */
    private static final Duration LONG_LOCK = Duration.ofMillis(900);

    /** {@return these settings with an operator's tuning; a lock timeout that equals the target follows it, since it is a default} */
    WalkSettings tuned(Tuning tuning) {
        Duration target = tuning.targetBatchTime();
        if (target == null || target.equals(targetBatchTime)) {
            return this;
        }
        Duration lock = lockTimeout.equals(targetBatchTime) ? target : lockTimeout;
        return new WalkSettings(target, lock, claimTime, longestPause, maxAttempts, rejectBudget, verbose);
    }

    /** {@return how long a statement of a batch may take, so that no one waits longer than twice the target} */
    Duration statementTimeout() {
        return targetBatchTime.multipliedBy(2);
    }

    /** {@return how long a batch of one row may wait for that row: it holds nothing that others wait for, and its wait is visible} */
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
     * How long rows are changed in Java before the batch ends with the current row. Batches of the usual size aren't cut short. If
     * the target is long, it's a fraction of the claim time.
     *
     * @return the time
     */
    Duration rowsTime() {
        Duration byTarget = targetBatchTime.multipliedBy(4);
        Duration byClaim = claimTime.dividedBy(4);
        return byTarget.compareTo(byClaim) < 0 ? byTarget : byClaim;
    }

    /** {@return how long the user's code may take between two statements or two rows; if it takes longer, the claim isn't renewed} */
    Duration thinkTime() {
        return claimTime.multipliedBy(4);
    }

    /** {@return how long a statement that only reads may take: it holds nothing that others wait for} */
    Duration lookTimeout() {
        return targetBatchTime.multipliedBy(20);
    }

    /**
     * How long the transaction of a batch may take: it ends before a claim that is no longer renewed expires. This is many times
     * what a batch takes. If the target leaves no room for that, there is no limit.
     *
     * @param statement how long each of its statements may take
     */
    Duration transactionTimeout(Duration statement) {
        Duration time = claimTime.multipliedBy(3).dividedBy(4);
        return statement.multipliedBy(4).compareTo(time) <= 0 ? time : Duration.ZERO;
    }
}
