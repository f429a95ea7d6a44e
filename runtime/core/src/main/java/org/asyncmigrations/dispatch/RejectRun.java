package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.batch.RejectWork;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.NotRetried;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.KeptClaim;
import org.asyncmigrations.state.MigrationClaims;
import org.asyncmigrations.state.Reject;
import org.asyncmigrations.state.RejectRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;

/**
 * The rejects of a batch migration: retries each alone before the walk continues, and checks that none are left at its end.
 * Thread-safe.
 */
final class RejectRun {
    private final StateStore store;
    private final Attempts attempts;
    private final RejectWork rejects;
    private final Duration claimTime;

    RejectRun(StateStore store, Attempts attempts, RejectWork rejects, Duration claimTime) {
        this.store = store;
        this.attempts = attempts;
        this.rejects = rejects;
        this.claimTime = claimTime;
    }

    /** Tries each once, in its own transaction. {@return whether the claim still held} */
    boolean retry(Session session, KeptClaim kept, Claimed claimed, BatchMigration migration) throws Exception {
        for (RejectedRow row : rows(session, claimed)) {
            attempts.begin(session, claimed);
            try (UserWork work = attempts.work(session, claimed, kept)) {
                RejectWork.Tried again = rejects.retry(claimed.entry(), migration, work, row.key());
                work.verifySameTransaction();
                if (!written(session, claimed, row.key(), again)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean written(Session session, Claimed claimed, String key, RejectWork.Tried again) throws SQLException {
        StateTransaction tx = store.within(session);
        long version = claimed.entry().version();
        Reject reject = again.reject();
        if (reject == null) {
            RejectRows.remove(tx, version, key);
        } else {
            RejectRows.add(tx, claimed.row(), List.of(reject));
        }
        if (!MigrationClaims.renew(tx, version, claimed.claim(), claimTime, again.rows())) {
            return false;
        }
        session.commit();
        store.tell(tx);
        return true;
    }

    /** At the end of a walk, fails a migration with rejects. */
    void requireNone(Session session, Claimed claimed) throws SQLException {
        List<RejectedRow> left = rows(session, claimed);
        if (!left.isEmpty()) {
            throw new RejectsLeftException(claimed, left);
        }
    }

    /** {@return the rejects that aren't accepted} */
    private List<RejectedRow> rows(Session session, Claimed claimed) throws SQLException {
        session.begin(Limits.STATE);
        List<RejectedRow> rows =
                RejectRows.of(store.within(session), claimed.entry().version());
        session.commit();
        return rows.stream().filter(row -> row.accepted() == null).toList();
    }

    /** All rows except the rejects have been changed. */
    private static final class RejectsLeftException extends MigrationException implements NotRetried {
        private static final long serialVersionUID = 1L;

        RejectsLeftException(Claimed claimed, List<RejectedRow> left) {
            super(
                    claimed.entry().version(),
                    left.size() + (left.size() == 1 ? " row" : " rows")
                            + " could not be changed, the first with key "
                            + left.get(0).key() + ": "
                            + left.get(0).error().lines().findFirst().orElse("")
                            + "; rejects() lists them: fix the rows or the code and call retry(), or acceptRejects(\"why\") to leave"
                            + " these rows as they are",
                    null);
        }
    }
}
