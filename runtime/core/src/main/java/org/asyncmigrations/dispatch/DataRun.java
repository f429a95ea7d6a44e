package org.asyncmigrations.dispatch;

import org.asyncmigrations.DataMigration;
import org.asyncmigrations.database.Session;
import org.asyncmigrations.database.UserWork;
import org.asyncmigrations.state.KeptClaim;

/** Runs a {@link DataMigration}: its work and the record of it in one transaction, or, where it refuses one, one after the other. Safe for threads. */
final class DataRun {
    private final Attempts attempts;

    DataRun(Attempts attempts) {
        this.attempts = attempts;
    }

    void run(Claimed claimed, DataMigration migration) {
        boolean together = claimed.entry().transactional();
        attempts.make(
                claimed,
                (session, kept) -> together
                        ? inOneTransaction(session, kept, claimed, migration)
                        : oneAfterTheOther(session, kept, claimed, migration));
    }

    private boolean inOneTransaction(Session session, KeptClaim kept, Claimed claimed, DataMigration migration)
            throws Exception {
        attempts.begin(session, claimed);
        try (UserWork work = attempts.work(session, claimed, kept)) {
            String detail = migrate(claimed, migration, work);
            work.verifySameTransaction();
            return attempts.finish(session, claimed, detail);
        }
    }

    private boolean oneAfterTheOther(Session session, KeptClaim kept, Claimed claimed, DataMigration migration)
            throws Exception {
        String detail;
        try (UserWork work = attempts.work(session, claimed, kept)) {
            detail = migrate(claimed, migration, work);
        }
        attempts.begin(session, claimed);
        return attempts.finish(session, claimed, detail);
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
