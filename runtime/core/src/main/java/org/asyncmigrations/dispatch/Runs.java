package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.State;
import org.asyncmigrations.dispatch.Step.Kind;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.LostClaims;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRow.Hold;
import org.asyncmigrations.state.StateStore;

/** Continues the work on a migration, from whatever state its row has. Thread-safe. */
final class Runs {
    private final MigrationSet contents;
    private final Progress progress;
    private final StateStore store;
    private final Claims claims;
    private final Ways ways;

    /** What works on a claimed migration. */
    record Ways(Attempts attempts, RetiredColumns columns, BatchRun batches, DataRun data, SchemaRun schema) {}

    Runs(MigrationSet contents, Progress progress, StateStore store, Claims claims, Ways ways) {
        this.contents = contents;
        this.progress = progress;
        this.store = store;
        this.claims = claims;
        this.ways = ways;
    }

    BatchRun batches() {
        return ways.batches();
    }

    /** Continues a migration in processing. */
    Kind run(MigrationEntry entry, MigrationRow row) throws SQLException {
        if (row.hold() == Hold.LIVE) {
            return Kind.IDLE;
        }
        return row.hold() == Hold.ABANDONED ? takeOver(entry, row) : goOn(entry, row);
    }

    /** Takes over from a worker that died while it held the whole migration: one in one piece, or a walk at its start or end. */
    private Kind takeOver(MigrationEntry entry, MigrationRow row) throws SQLException {
        Claimed claimed = claims.takeOver(entry, row);
        if (claimed == null) {
            return Kind.IDLE;
        }
        if (claimed.attempt() > claims.maxAttempts()) {
            ways.attempts()
                    .failed(
                            claimed,
                            Failures.lostWorkers(
                                    store.transaction(tx -> LostClaims.lastReason(tx, row.version())),
                                    "",
                                    claimed.attempt(),
                                    claims.maxAttempts()));
            return Kind.WORKED;
        }
        return begin(claimed, CreatedMigration.of(contents, claimed.entry()));
    }

    /** Starts the work on a claimed migration. */
    Kind begin(Claimed claimed, CreatedMigration made) throws SQLException {
        Object migration = made.migration();
        Throwable failure = made.failure();
        if (failure != null) {
            if (progress.isStopped()) {
                // The application is shutting down and has taken away what migrations need. This isn't an attempt.
                ways.attempts().giveBack(claimed);
            } else {
                ways.attempts().failed(claimed, failure);
            }
            return Kind.WORKED;
        }
        if (!ways.columns().areThere(claimed)) {
            return Kind.IDLE;
        }
        if (migration instanceof BatchMigration batches) {
            if (claimed.row().state() == State.PROCESSING && ways.batches().isAtEnd(claimed.row())) {
                ways.batches().end(claimed, batches);
            } else {
                ways.batches().begin(claimed, batches);
            }
        } else if (migration instanceof SchemaMigration schema) {
            ways.schema().run(claimed, schema);
        } else {
            ways.data().run(claimed, (DataMigration) migration);
        }
        return Kind.WORKED;
    }

    /**
     * Continues a migration in processing that nobody holds as a whole: a walk with ranges to claim, or work that was given back.
     */
    private Kind goOn(MigrationEntry entry, MigrationRow row) throws SQLException {
        CreatedMigration made = CreatedMigration.of(contents, entry);
        Throwable failure = made.failure();
        if (failure != null) {
            Claimed claimed = progress.isStopped() ? null : claims.takeOver(entry, row);
            if (claimed != null) {
                ways.attempts().failed(claimed, failure);
            }
            return claimed == null ? Kind.IDLE : Kind.WORKED;
        }
        if (made.migration() instanceof BatchMigration batches) {
            return ways.batches().walk(entry, row, batches) ? Kind.WORKED : Kind.IDLE;
        }
        return takeOver(entry, row);
    }
}
