package org.asyncmigrations.product;

import java.time.Duration;

/**
 * What one transaction may take. Set for the transaction alone, never for the session, which belongs to a pool. Immutable and
 * thread-safe.
 *
 * @param lockTimeout how long a statement may wait for a lock
 * @param statementTimeout how long a statement may take; zero for any time
 * @param idleTimeout how long the server keeps the transaction of a client that says nothing; zero for any time
 * @param transactionTimeout how long all of it may take, where the server knows such a time; zero for any time
 * @param applicationName what the server shows of the session, so that a successor can find it
 * @param changesSchema whether user code may change the schema; a statement that does is refused otherwise
 * @param sparesServer whether it leaves the server's cores and its disk to others: it has no parallel workers beside it, and its
 *     commit does not wait for the disk. For work that records its own progress, or leaves nothing behind: a crash of the server
 *     may undo the last ones, all of each and none before an earlier one, and they are then done again
 */
public record Limits(
        Duration lockTimeout,
        Duration statementTimeout,
        Duration idleTimeout,
        Duration transactionTimeout,
        String applicationName,
        boolean changesSchema,
        boolean sparesServer) {
    /** What the names of sessions begin with that work under one claim. */
    public static final String OF_A_CLAIM = "async:";

    /** For the short transactions on the state tables alone: rows of few bytes, locked for a round trip or two. */
    public static final Limits STATE = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ZERO,
            "async-migrations",
            true,
            false);

    /**
     * Brings each time into what servers can hold: none but zero means "any time", and none is so short that they take it for that.
     *
     * @param lockTimeout how long a statement may wait for a lock
     * @param statementTimeout how long a statement may take; zero for any time
     * @param idleTimeout how long the server keeps the transaction of a client that says nothing; zero for any time
     * @param transactionTimeout how long all of it may take; zero for any time
     * @param applicationName what the server shows of the session
     * @param changesSchema whether user code may change the schema
     * @param sparesServer whether it leaves the server's cores and its disk to others
     */
    public Limits {
        lockTimeout = bounded(lockTimeout);
        statementTimeout = bounded(statementTimeout);
        idleTimeout = bounded(idleTimeout);
        transactionTimeout = bounded(transactionTimeout);
    }

    private static Duration bounded(Duration time) {
        if (time.compareTo(TimeBounds.LONGEST) > 0) {
            return TimeBounds.LONGEST;
        }
        boolean isTooShort = !time.isZero() && time.toMillis() < 1;
        return isTooShort ? Duration.ofMillis(1) : time;
    }

    /** {@return the name without what could end the literal that it is written into; 63 bytes is all that a server keeps of one} */
    public String sessionName() {
        String plain = applicationName.replaceAll("[^A-Za-z0-9:._-]", "_");
        return plain.substring(0, Math.min(63, plain.length()));
    }

    /** {@return whether the name is one claim's alone, so that a successor may end the session that shows it} */
    public boolean isOfAClaim() {
        return applicationName.startsWith(OF_A_CLAIM);
    }

    /**
     * The same for handing ranges out and taking them back. Beside batches that write much, a commit that waits for the disk
     * waits for all that they have written.
     */
    public static final Limits WALK = new Limits(
            STATE.lockTimeout,
            STATE.statementTimeout,
            STATE.idleTimeout,
            Duration.ZERO,
            STATE.applicationName,
            true,
            true);

    /**
     * The same limits with a shorter time for each statement.
     *
     * @param time how long a statement may take
     * @return these limits where they are shorter already
     */
    public Limits within(Duration time) {
        boolean isShorter = !statementTimeout.isZero() && statementTimeout.compareTo(time) <= 0;
        return isShorter
                ? this
                : new Limits(
                        lockTimeout,
                        time,
                        idleTimeout,
                        transactionTimeout,
                        applicationName,
                        changesSchema,
                        sparesServer);
    }

    /**
     * The same limits for a session of another name.
     *
     * @param name what the server shows of it
     * @return the limits
     */
    public Limits named(String name) {
        return new Limits(
                lockTimeout, statementTimeout, idleTimeout, transactionTimeout, name, changesSchema, sparesServer);
    }
}
