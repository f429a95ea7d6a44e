package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import org.asyncmigrations.batch.Frontier;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.KeptClaim;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.WalkSoFar;
import org.jooq.exception.DataAccessException;

/**
 * Looks a whole table over in one reading when its walk is at its end. The database then reads as it likes, each page once,
 * where a walk by the key meets the old entries of all that it has just changed: on PostgreSQL a third of the time. It is one
 * snapshot too, which no row slips through. Safe for threads.
 *
 * @param store the state tables
 * @param attempts what a claimed migration's work is done with
 * @param frontier what knows the tables
 */
record WholeLook(StateStore store, Attempts attempts, Frontier frontier) {
    /** Of the walk's time: a reading takes less, unless the table is much larger than what was walked; then this time is lost. */
    private static final int PART = 2;

    /** Time for a small table, also beside a walk that was over at once. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    /** So long an open snapshot keeps PostgreSQL from cleaning up behind other tables' changes. */
    private static final Duration MOST = Duration.ofSeconds(30);

    /** {@return whether nothing is pending; false also where it takes too long to tell} */
    boolean isClean(Session session, KeptClaim kept, Claimed claimed) throws SQLException {
        Limits limits =
                attempts.limits(claimed).within(time(session, claimed.entry().version()));
        store.beginWork(session, limits);
        try (UserWork work = session.userWork(limits)) {
            kept.working(work);
            // Our other workers have nothing to do meanwhile.
            session.product().allowParallelWorkers(work.session(), attempts.threads() - 1);
            return frontier.isClean(claimed.entry(), work.own());
        } catch (DataAccessException failure) {
            if (Trouble.of(failure) != Trouble.TIMEOUT || kept.isLost()) {
                throw failure;
            }
            return false;
        } finally {
            session.rollback();
        }
    }

    /** On the same connection: a pool may have no other. */
    private Duration time(Session session, long version) throws SQLException {
        session.begin(Limits.STATE);
        try {
            WalkSoFar soFar = WalkSoFar.read(store.within(session), version);
            Duration part = soFar == null ? LEAST : soFar.took().dividedBy(PART);
            Duration atLeast = part.compareTo(LEAST) < 0 ? LEAST : part;
            return atLeast.compareTo(MOST) > 0 ? MOST : atLeast;
        } finally {
            session.rollback();
        }
    }
}
