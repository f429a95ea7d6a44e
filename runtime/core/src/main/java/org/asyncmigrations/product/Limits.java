package org.asyncmigrations.product;

import java.time.Duration;

/**
 * The limits of one transaction. They are set only for the transaction, not for the session, which belongs to a pool. Immutable and
 * thread-safe.
 *
 * @param lockTimeout how long a statement may wait for a lock
 * @param statementTimeout how long a statement may take; zero for no limit
 * @param idleTimeout how long the server keeps the transaction of a silent client; zero for no limit
 * @param transactionTimeout how long the whole transaction may take, if the server supports that; zero for no limit
 * @param applicationName the session's name on the server, by which a successor can find it
 * @param changesSchema whether user code may change the schema; otherwise such statements are refused
 * @param sparesServer whether it saves the server's cores and disk: no parallel workers, and its commit doesn't wait for the disk.
 *     Only for work that records its own progress or leaves nothing behind: a crash of the server may undo the latest of these
 *     transactions, each as a whole, and they are then done again
 */
public record Limits(
        Duration lockTimeout,
        Duration statementTimeout,
        Duration idleTimeout,
        Duration transactionTimeout,
        String applicationName,
        boolean changesSchema,
        boolean sparesServer) {
    /** The prefix of the names of sessions that work under one claim. */
    public static final String OF_A_CLAIM = "async:";

    /** For the short transactions on the state tables: small rows, locked for one or two round trips. */
    public static final Limits STATE = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ZERO,
            "async-migrations",
            true,
            false);

    /**
     * Limits each time to what servers can store. Times between zero and 1 ms become 1 ms, since servers would take them for "no
     * limit".
     *
     * @param lockTimeout how long a statement may wait for a lock
     * @param statementTimeout how long a statement may take; zero for no limit
     * @param idleTimeout how long the server keeps the transaction of a silent client; zero for no limit
     * @param transactionTimeout how long the whole transaction may take; zero for no limit
     * @param applicationName the session's name on the server
     * @param changesSchema whether user code may change the schema
     * @param sparesServer whether it saves the server's cores and disk
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

    /** {@return the name, without characters that could end the literal around it, cut to the 63 bytes that a server keeps} */
    public String sessionName() {
        String plain = applicationName.replaceAll("[^A-Za-z0-9:._-]", "_");
        return plain.substring(0, Math.min(63, plain.length()));
    }

    /** {@return whether the name belongs to one claim, so that a successor may end the session} */
    public boolean isOfAClaim() {
        return applicationName.startsWith(OF_A_CLAIM);
    }

    /**
     * Like {@link #STATE}, for starting and returning ranges. Next to batches that write a lot, a commit that waits for the disk
     * would wait for all of their writes.
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
     * The same limits with a shorter statement timeout.
     *
     * @param time how long a statement may take
     * @return these limits if they are already shorter
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

    /** {@return the same limits, and the server's cores and disk are saved} */
    public Limits sparing() {
        return new Limits(
                lockTimeout, statementTimeout, idleTimeout, transactionTimeout, applicationName, changesSchema, true);
    }

    /**
     * The same limits with another session name.
     *
     * @param name the session's name on the server
     * @return the limits
     */
    public Limits named(String name) {
        return new Limits(
                lockTimeout, statementTimeout, idleTimeout, transactionTimeout, name, changesSchema, sparesServer);
    }
}
