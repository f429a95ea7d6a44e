package org.asyncmigrations.dispatch;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.session.RowTally;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.KeptClaim;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link DataMigration}: its work and the record of it in one transaction or, if it is not transactional, one after the
 * other. Thread-safe.
 */
final class DataRun {
    private final Attempts attempts;

    DataRun(Attempts attempts) {
        this.attempts = attempts;
    }

    void run(Claimed claimed, DataMigration migration) {
        attempts.activity()
                .says(claimed.entry(), claimed.attempt() == 1 ? "started" : "started, attempt " + claimed.attempt());
        if (claimed.entry().transactional()) {
            attempts.make(claimed, (session, kept) -> inOneTransaction(session, kept, claimed, migration));
        } else {
            // The work stays done; only its record is retried.
            AtomicReference<Done> done = new AtomicReference<>();
            attempts.make(claimed, (session, kept) -> oneAfterTheOther(session, kept, claimed, migration, done));
        }
    }

    private boolean inOneTransaction(Session session, KeptClaim kept, Claimed claimed, DataMigration migration)
            throws Exception {
        attempts.begin(session, claimed);
        try (UserWork work = attempts.work(session, claimed, kept)) {
            Done done = migrate(claimed, migration, work);
            work.checkDeferred();
            work.verifySameTransaction();
            return attempts.finish(session, claimed, done.detail(), done.rows());
        }
    }

    private boolean oneAfterTheOther(
            Session session, KeptClaim kept, Claimed claimed, DataMigration migration, AtomicReference<Done> done)
            throws Exception {
        if (done.get() == null) {
            try (UserWork work = attempts.work(session, claimed, kept)) {
                // The next worker first ends our session and then claims. So this session is marked before the claim is
                // checked.
                if (!attempts.isHeld(session, claimed)) {
                    return false;
                }
                done.set(inAutoCommit(claimed, migration, work));
            }
        }
        attempts.begin(session, claimed);
        return attempts.finish(session, claimed, done.get().detail(), done.get().rows());
    }

    private static Done inAutoCommit(Claimed claimed, DataMigration migration, UserWork work) {
        try {
            Done done = migrate(claimed, migration, work);
            work.verifySameTransaction();
            return done;
        } catch (Throwable failure) {
            throw new AutoCommittedException(failure);
        }
    }

    private static Done migrate(Claimed claimed, DataMigration migration, UserWork work) throws Exception {
        if (Checks.isDoneAlready(migration, claimed, work)) {
            return new Done("isDone() said so before the attempt", 0);
        }
        RowTally rows = work.countRows();
        migration.migrate(Checks.run(claimed, work));
        Done done = Done.of(claimed, rows.all());
        Checks.requireDone(migration, claimed, work);
        return done;
    }

    /** What was done: a detail for people, and the changed rows as the database counted them. */
    private record Done(String detail, long rows) {
        static Done of(Claimed claimed, RowTally.@Nullable Sum sum) {
            String attempt = "attempt " + claimed.attempt();
            if (sum == null || !sum.isAll() && sum.rows() == 0) {
                return new Done(attempt, 0);
            }
            // There were also statements whose rows nobody counts, such as procedure calls.
            String least = sum.isAll() ? "" : "at least ";
            String rows = String.format(Locale.ROOT, "%,d %s", sum.rows(), sum.rows() == 1 ? "row" : "rows");
            return new Done(attempt + ", " + least + rows + " changed", sum.rows());
        }
    }
}
