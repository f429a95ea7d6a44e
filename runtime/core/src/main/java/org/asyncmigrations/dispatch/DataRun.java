package org.asyncmigrations.dispatch;

import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.KeptClaim;

/** Runs a {@link DataMigration}: its work and the record of it in one transaction, or, where it refuses one, one after the other. Safe for threads. */
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
            // What has been done stays done: only its record is tried again.
            AtomicReference<String> done = new AtomicReference<>();
            attempts.make(claimed, (session, kept) -> oneAfterTheOther(session, kept, claimed, migration, done));
        }
    }

    private boolean inOneTransaction(Session session, KeptClaim kept, Claimed claimed, DataMigration migration)
            throws Exception {
        attempts.begin(session, claimed);
        try (UserWork work = attempts.work(session, claimed, kept)) {
            String detail = migrate(claimed, migration, work);
            work.checkDeferred();
            work.verifySameTransaction();
            return attempts.finish(session, claimed, detail);
        }
    }

    private boolean oneAfterTheOther(
            Session session, KeptClaim kept, Claimed claimed, DataMigration migration, AtomicReference<String> done)
            throws Exception {
        if (done.get() == null) {
            try (UserWork work = attempts.work(session, claimed, kept)) {
                // A successor ends our session, and then claims: so this one is marked before the claim is looked at.
                if (!attempts.isHeld(session, claimed)) {
                    return false;
                }
                done.set(inAutoCommit(claimed, migration, work));
            }
        }
        attempts.begin(session, claimed);
        return attempts.finish(session, claimed, done.get());
    }

    private static String inAutoCommit(Claimed claimed, DataMigration migration, UserWork work) {
        try {
            String detail = migrate(claimed, migration, work);
            work.verifySameTransaction();
            return detail;
        } catch (Throwable failure) {
            throw new AutoCommittedException(failure);
        }
    }

    private static String migrate(Claimed claimed, DataMigration migration, UserWork work) throws Exception {
        if (Checks.isDoneAlready(migration, claimed, work)) {
            return "isDone() said so before the attempt";
        }
        migration.migrate(Checks.run(claimed, work));
        Checks.requireDone(migration, claimed, work);
        return "attempt " + claimed.attempt();
    }
}
