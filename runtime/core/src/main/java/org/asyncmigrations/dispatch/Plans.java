package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.State;
import org.asyncmigrations.batch.Planner;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.WalkSoFar;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Plans of batch migrations, made on the caller's thread.
 *
 * @param contents makes the migrations
 * @param store where they stand
 * @param planner makes the plans
 */
record Plans(Contents contents, StateStore store, Planner planner) {
    /** What a plan is made by. */
    @FunctionalInterface
    private interface Making {
        BackfillPlan of(Planner.Subject subject, Session session) throws Exception;
    }

    /** Plans a migration. */
    BackfillPlan plan(MigrationEntry entry) {
        return made(entry, "planned", planner::plan);
    }

    /** Plans a migration and tries it. */
    BackfillPlan trial(MigrationEntry entry) {
        return made(entry, "tried", planner::trial);
    }

    private BackfillPlan made(MigrationEntry entry, String what, Making making) {
        try (LogContext.Scope scope = LogContext.of(entry).enter()) {
            assert scope != null;
            WalkSoFar soFar = soFar(entry);
            if (soFar != null && soFar.row().state() == State.DONE) {
                throw refused(entry, "is done; nothing of it is left to be planned", null);
            }
            if (!(contents.create(entry) instanceof BatchMigration batches)) {
                throw refused(entry, "runs in one piece, and only a BatchMigration can be planned", null);
            }
            try (Session session = store.connections().borrow()) {
                return making.of(new Planner.Subject(entry, batches, soFar), session);
            }
        } catch (MigrationException said) {
            throw said;
        } catch (Exception failure) {
            throw refused(entry, "cannot be " + what + ": " + Trouble.words(failure), failure);
        }
    }

    private @Nullable WalkSoFar soFar(MigrationEntry entry) throws SQLException {
        try {
            return store.transaction(tx -> WalkSoFar.read(tx, entry.version()));
        } catch (SQLException | DataAccessException failure) {
            if (Trouble.isMissingTable(failure)) {
                return null; // Before the first dispatch there is none.
            }
            throw failure;
        }
    }

    private static MigrationException refused(MigrationEntry entry, String why, @Nullable Exception cause) {
        return new MigrationException(entry.version(), entry + " " + why, cause);
    }
}
