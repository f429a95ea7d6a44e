package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.time.Duration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.batch.Retries.Verdict;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.KeptClaim;
import org.asyncmigrations.state.OldSessions;
import org.asyncmigrations.state.Rounds;
import org.asyncmigrations.state.StateStore;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works under a claim until that has an end, and deals with what goes wrong on the way: gives way to locks, waits for the database,
 * ends the attempt on anything else. Whatever a failed transaction has committed, the database is asked before the work goes on. Safe
 * for threads.
 */
public final class RetryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(RetryLoop.class);

    private final StateStore store;
    private final OldSessions oldSessions;
    private final Brake brake;
    private final LockWatch locks;

    /**
     * A loop for all claims of an instance.
     *
     * @param store the state tables
     * @param oldSessions what ends sessions whose connection is lost
     * @param brake is told what the work waits for
     * @param stop ends what is done beside the work
     * @param rounds has threads for that
     */
    public RetryLoop(StateStore store, OldSessions oldSessions, Brake brake, Stop stop, Rounds rounds) {
        this.store = store;
        this.oldSessions = oldSessions;
        this.brake = brake;
        this.locks = new LockWatch(store.connections(), brake, stop, rounds);
    }

    /** {@return who shows which locks are waited for} */
    public LockWatch locks() {
        return locks;
    }

    /** What is done under one claim. Used by one thread. */
    public interface Task {
        /** {@return the migration} */
        MigrationEntry entry();

        /** {@return the claim} */
        Claim claim();

        /** {@return how messages name the work} */
        default String name() {
            return entry().toString();
        }

        /**
         * Works.
         *
         * @param session a connection, with no transaction begun
         * @return how it ended, null to go on with another connection
         * @throws Exception what goes wrong
         */
        @Nullable
        Ended on(Session session) throws Exception;

        /**
         * Rests without a connection, if there is something to wait for.
         *
         * @return how the work ended meanwhile, null to go on
         */
        default @Nullable Ended rest() {
            return null;
        }

        /**
         * Looks at a failure before it is judged.
         *
         * @param failure what was thrown
         * @return how the work ends by it whatever it is, null to judge it
         */
        default @Nullable Ended endsBy(Throwable failure) {
            return null;
        }

        /**
         * Takes a lost connection for what rows have led to, if it may be that, and goes on with these one by one.
         *
         * @param failure what was thrown
         * @return whether it does
         */
        default boolean isolates(Throwable failure) {
            return false;
        }

        /** {@return whether less is taken at once from now on} */
        default boolean shrinks() {
            return false;
        }

        /** A try has met a lock, and is followed by another. */
        default void meetsLock() {}

        /**
         * Asks the database how far the work has come.
         *
         * @return whether the claim still holds
         * @throws SQLException when the database cannot be asked
         */
        boolean isStillOurs() throws SQLException;

        /** {@return whether the work is to end} */
        boolean isToEnd();

        /**
         * Waits with the claim.
         *
         * @param time how long
         */
        void await(Duration time);

        /**
         * Writes a failure down.
         *
         * @param failure what was thrown
         * @return how the work ended by that
         */
        Ended failed(Throwable failure);
    }

    /**
     * Works until there is an end.
     *
     * @param task the work
     * @param kept its claim, kept alive
     * @param retries what is done about failures
     * @return how it ended
     */
    public Ended run(Task task, KeptClaim kept, Retries retries) {
        Ended ended = null;
        while (ended == null && !kept.isLost()) {
            boolean connected = false;
            try (Session session = store.connections().borrow()) {
                connected = true;
                ended = task.on(session);
            } catch (ClaimLostException lost) {
                ended = Ended.LOST;
            } catch (Throwable failure) {
                ended = kept.isLost() ? Ended.LOST : after(failure, connected, task, kept, retries);
            }
            if (ended == null) {
                ended = task.rest();
            }
        }
        if (ended != null && ended != Ended.LOST) {
            return ended;
        }
        LOG.info("{}: the claim was lost; what was not committed is left to its successor", task.name());
        locks.lost(task.entry());
        return Ended.LOST;
    }

    /** What follows from a failure. {@return how the work ends, null if it goes on} */
    private @Nullable Ended after(Throwable failure, boolean connected, Task task, KeptClaim kept, Retries retries) {
        Ended ended = task.endsBy(failure);
        if (ended != null) {
            return ended;
        }
        Trouble trouble = Retries.trouble(failure);
        boolean disconnected = trouble == Trouble.CONNECTION;
        if (disconnected && task.isolates(failure)) {
            return isOurs(task, kept, retries, true) ? null : Ended.LOST;
        }
        Verdict verdict = retries.after(failure, connected, task::shrinks);
        if (verdict == Verdict.FAILED) {
            return task.failed(failure);
        }
        LOG.debug("{}: {}, tried again", task.name(), Masked.text(failure.toString()));
        if (trouble == Trouble.FULL) {
            shows(task.entry(), Trouble.lack(failure));
        }
        if (disconnected && !connected) {
            brake.hindered(task.entry(), "no connection can be had: " + Trouble.words(failure));
        }
        if (verdict == Verdict.AGAIN) {
            task.await(retries.pause());
        }
        if (trouble == Trouble.LOCK) {
            locks.meetsLock(task.entry());
            task.meetsLock();
        }
        return isOurs(task, kept, retries, disconnected) ? null : Ended.LOST;
    }

    /** The wait for room may be long, and a full disk leaves some for a line in a row that is there. */
    private void shows(MigrationEntry entry, String lack) {
        try (Session session = store.connections().borrow()) {
            brake.hindered(session, entry, lack);
        } catch (SQLException unreachable) {
            brake.hindered(entry, lack);
        }
    }

    /**
     * Nobody knows what a failed transaction has committed; the database does.
     *
     * @param disconnected whether the connection was lost: the server may not know that, and keep the session with its locks on our
     *     own rows
     * @return whether the claim still holds
     */
    boolean isOurs(Task task, KeptClaim kept, Retries retries, boolean disconnected) {
        while (!kept.isLost()) {
            if (disconnected && !task.isToEnd()) {
                oldSessions.end(task.claim().owner());
            }
            try {
                return task.isStillOurs();
            } catch (SQLException | DataAccessException unreachable) {
                if (task.isToEnd()) {
                    return false;
                }
                LOG.debug("{}: {}, tried again", task.name(), Masked.text(unreachable.toString()));
                task.await(retries.pause());
            }
        }
        return false;
    }
}
