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
 * Checks a whole table in one query at the end of its walk. The database can read each page once, in any order. A walk by the key
 * would also read the old index entries of the rows that were just changed. On PostgreSQL, this takes a third of the time. It's
 * also a single snapshot, so no row can be missed. Thread-safe.
 *
 * @param store the state tables
 * @param attempts does the work on a claimed migration
 * @param frontier knows the tables
 */
record TableVerification(StateStore store, Attempts attempts, Frontier frontier) {
    /**
     * The check may take this fraction of the walk's time; it needs more only if the table is much larger
     * than what was walked. If that isn't enough, the time is wasted, and another pass is needed.
     */
    private static final int PART = 2;

    /** The least time for the check, enough for a small table, even if the walk took almost no time. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    /** The most time for the check. An open snapshot keeps PostgreSQL from vacuuming other tables too. */
    private static final Duration MOST = Duration.ofSeconds(30);

    /** {@return whether nothing is pending; false also if it takes too long to find out} */
    boolean isClean(Session session, KeptClaim kept, Claimed claimed) throws SQLException {
        Limits limits = attempts.limits(claimed)
                .within(time(session, claimed.entry().version()))
                .sparing();
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

    /** Uses the same connection, since the pool may have no other one. */
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
