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
 * Works under a claim to the end, and handles failures on the way: gives way to locks, waits for the database, and ends the attempt
 * on anything else. After a failed transaction, it asks the database what was committed before it goes on. Thread-safe.
 */
public final class RetryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(RetryLoop.class);

    private final StateStore store;
    private final OldSessions oldSessions;
    private final Brake brake;
    private final LockWatch locks;

    /**
     * Creates the loop for all claims of an instance.
     *
     * @param store the state tables
     * @param oldSessions ends sessions whose connection is lost
     * @param brake is told what the work waits for
     * @param stop ends the watching of locks
     * @param rounds runs the watching of locks
     */
    public RetryLoop(StateStore store, OldSessions oldSessions, Brake brake, Stop stop, Rounds rounds) {
        this.store = store;
        this.oldSessions = oldSessions;
        this.brake = brake;
        this.locks = new LockWatch(store.connections(), brake, stop, rounds);
    }

    /** {@return the watch that shows which locks are waited for} */
    public LockWatch locks() {
        return locks;
    }

    /** The work under one claim. Used by one thread. */
    public interface Task {
        /** {@return the migration} */
        MigrationEntry entry();

        /** {@return the claim} */
        Claim claim();

        /** {@return the work's name in messages} */
        default String name() {
            return entry().toString();
        }

        /**
         * Works.
         *
         * @param session a connection, with no transaction begun
         * @return how it ended, null to go on with another connection
         * @throws Exception if something goes wrong
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
         * @return how the work ends because of it; null to judge it
         */
        default @Nullable Ended endsBy(Throwable failure) {
            return null;
        }

        /**
         * Decides whether a row may have caused a lost connection. If so, the work continues with smaller batches until that row is
         * alone.
         *
         * @param failure what was thrown
         * @return whether it may be a row
         */
        default boolean isolates(Throwable failure) {
            return false;
        }

        /** {@return whether it takes less at once from now on} */
        default boolean shrinks() {
            return false;
        }

        /** A try has met a lock, and another one follows. */
        default void meetsLock() {}

        /**
         * Asks the database how far the work has come.
         *
         * @return whether the claim still holds
         * @throws SQLException if the database can't be asked
         */
        boolean isStillOurs() throws SQLException;

        /** {@return whether the work has been told to end} */
        boolean isToEnd();

        /**
         * Waits and keeps the claim.
         *
         * @param time how long
         */
        void await(Duration time);

        /**
         * Stores a failure.
         *
         * @param failure what was thrown
         * @return how the work ended
         */
        Ended failed(Throwable failure);
    }

    /**
     * Works until the task ends or the claim is lost.
     *
     * @param task the work
     * @param kept the claim, which is renewed
     * @param retries decides about failures
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
        LOG.info("{}: the claim was lost; the next worker repeats what was not committed", task.name());
        locks.lost(task.entry());
        return Ended.LOST;
    }

    /** Reacts to a failure. {@return how the work ends, null if it goes on} */
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
            brake.hindered(task.entry(), "no connection is available: " + Trouble.words(failure));
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

    /** Shows at once what the server has run out of: the wait may be long. Even a full disk usually has room to update an existing row. */
    private void shows(MigrationEntry entry, String lack) {
        try (Session session = store.connections().borrow()) {
            brake.hindered(session, entry, lack);
        } catch (SQLException unreachable) {
            brake.hindered(entry, lack);
        }
    }

    /**
     * Asks the database whether the claim still holds: only it knows what a failed transaction has committed.
     *
     * @param disconnected whether the connection was lost; the server may not notice that, and keep the session with its locks on
     *     our own rows
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
