package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.List;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.SchemaPlan;
import org.asyncmigrations.State;
import org.asyncmigrations.batch.Planner;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.schema.SchemaDialect;
import org.asyncmigrations.schema.SchemaStatement;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.WalkSoFar;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans of migrations, on the caller's thread.
 *
 * @param contents creates the migrations
 * @param store the state tables
 * @param planner makes the plans
 */
record Plans(MigrationSet contents, StateStore store, Planner planner) {
    /** How a plan is made. */
    @FunctionalInterface
    private interface Making {
        BackfillPlan of(Planner.Subject subject, Session session) throws Exception;
    }

    /** Plans a migration. */
    BackfillPlan plan(MigrationEntry entry) {
        return made(entry, "planned", planner::plan);
    }

    /** Plans a migration and tries its first batches. */
    BackfillPlan trial(MigrationEntry entry) {
        return made(entry, "tried", planner::trial);
    }

    /** Lists the statements that a schema migration would still send. */
    SchemaPlan schemaPlan(MigrationEntry entry) {
        try (LogContext.Scope scope = LogContext.of(entry).enter()) {
            assert scope != null;
            WalkSoFar soFar = soFar(entry);
            if (!(contents.create(entry) instanceof SchemaMigration schema)) {
                throw refused(entry, "does not change the schema; ask plan()", null);
            }
            State state = soFar == null ? State.CREATED : soFar.row().state();
            try (Session session = store.connections().borrow()) {
                session.begin(Limits.STATE);
                try (UserWork work = session.userWork(Limits.STATE)) {
                    List<String> statements = SchemaDialect.of(work).left(schema.change()).stream()
                            .map(SchemaStatement::toString)
                            .toList();
                    return new SchemaPlan(entry.toString(), state, statements);
                } finally {
                    session.rollback();
                }
            }
        } catch (MigrationException said) {
            throw said;
        } catch (Exception failure) {
            throw refused(entry, "cannot be planned: " + Trouble.words(failure), failure);
        }
    }

    private BackfillPlan made(MigrationEntry entry, String what, Making making) {
        try (LogContext.Scope scope = LogContext.of(entry).enter()) {
            assert scope != null;
            WalkSoFar soFar = soFar(entry);
            if (soFar != null && soFar.row().state() == State.DONE) {
                throw refused(entry, "is done, so there is nothing left to plan", null);
            }
            Object migration = contents.create(entry);
            if (migration instanceof SchemaMigration) {
                throw refused(entry, "changes the schema; ask schemaPlan(): " + schemaPlan(entry), null);
            }
            if (!(migration instanceof BatchMigration batches)) {
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
                return null; // Before the first dispatch, the table doesn't exist.
            }
            throw failure;
        }
    }

    private static MigrationException refused(MigrationEntry entry, String why, @Nullable Exception cause) {
        return new MigrationException(entry.version(), entry + " " + why, cause);
    }
}
