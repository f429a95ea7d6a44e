package org.asyncmigrations.dispatch;

import org.asyncmigrations.Guarded;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.Verified;
import org.asyncmigrations.session.UserWork;
import org.jooq.Record;
import org.jooq.Result;

/** Asks migrations whether they are done. Stateless and thread-safe. */
final class Checks {
    private Checks() {}

    /** {@return whether the migration's {@code isDone()} says that nothing is left to do} */
    static boolean isDoneAlready(Object migration, Claimed claimed, UserWork work) throws Exception {
        return migration instanceof Guarded guarded && guarded.isDone(run(claimed, work));
    }

    /** Throws if the migration says that it isn't done. */
    static void requireDone(Object migration, Claimed claimed, UserWork work) throws Exception {
        if (migration instanceof Guarded guarded && !guarded.isDone(run(claimed, work))) {
            throw new MigrationException(
                    claimed.entry().version(),
                    claimed.entry() + ": isDone() still returns false after migrate(); it must check for what migrate()"
                            + " does",
                    null);
        }
        if (migration instanceof Verified verified) {
            Result<? extends Record> found = work.dsl()
                    .selectFrom(verified.violations().asTable("violations"))
                    .limit(1)
                    .fetch();
            if (!found.isEmpty()) {
                throw new MigrationException(
                        claimed.entry().version(),
                        claimed.entry() + ": violations() finds a row after migrate(); migrate() must leave none",
                        null);
            }
        }
    }

    static Attempt run(Claimed claimed, UserWork work) {
        return new Attempt(work.dsl(), work.product(), claimed.entry().version(), claimed.attempt());
    }
}
