package org.asyncmigrations.batch;

import java.sql.SQLException;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.batch.BatchUse.Allowance;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.Reject;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries rejects again, each as a batch of its own. Thread-safe. */
public final class RejectWork {
    private static final Logger LOG = LoggerFactory.getLogger(RejectWork.class);

    private final KeySpaces spaces;

    /**
     * Creates the work on rejects.
     *
     * @param spaces the resolved keys
     */
    public RejectWork(KeySpaces spaces) {
        this.spaces = spaces;
    }

    /**
     * Tries a reject again.
     *
     * @param entry the migration, whose key has been resolved
     * @param migration the user's code
     * @param work the transaction
     * @param key the row's key as the state tables hold it
     * @return the result
     * @throws Exception if something else than the row causes a failure
     */
    public Tried retry(MigrationEntry entry, BatchMigration migration, UserWork work, String key) throws Exception {
        return new Row(entry, migration, work, spaces.known(entry), key).tried(new Allowance(1, false));
    }

    /**
     * The result for a row.
     *
     * @param rows how many rows were changed
     * @param reject the row with its new error; null if it was changed or no longer needs the change
     */
    public record Tried(long rows, @Nullable Reject reject) {}

    /** A row that is tried again. */
    private record Row(MigrationEntry entry, BatchMigration migration, UserWork work, KeySpace space, String key) {
        Tried tried(Allowance allowance) throws Exception {
            Key rowsKey = space.read(key);
            Condition row = space.row(rowsKey);
            KeyedRowBatch batch =
                    new KeyedRowBatch(work.dsl(), work.own(), space, KeyedRowBatch.Part.of(row, rowsKey, allowance));
            long rows;
            try {
                MovedRows before = MovedRows.of(space, work.own(), row, true);
                rows = migrate(batch);
                before.requireChanged(null);
                work.checkDeferred();
            } catch (BatchOverrun overrun) {
                work.undo();
                new OverrunProof(migration, space, work).require(overrun, row);
                return tried(Allowance.ANY);
            } catch (Exception failure) {
                if (!RejectFinder.isOfARow(failure, batch)) {
                    throw failure;
                }
                undo(work, failure);
                return new Tried(
                        0, new Reject(key, Failures.attempt(failure, "", 1, 1).error()));
            }
            boolean stillPending = space.hasPending() && work.own().fetchExists(space.table(), space.pendingOf(row));
            return stillPending
                    ? new Tried(0, new Reject(key, RejectFinder.STILL_PENDING))
                    : new Tried(Math.max(0, rows), null);
        }

        private static void undo(UserWork work, Exception failure) throws Exception {
            try {
                work.undo();
            } catch (SQLException gone) {
                // The row's error has closed the connection, so that error has to be reported.
                failure.addSuppressed(gone);
                throw failure;
            }
        }

        private long migrate(KeyedRowBatch batch) throws Exception {
            try {
                return batch.migrate(migration, work).rows();
            } finally {
                if (Thread.interrupted()) {
                    LOG.debug("{} has left its thread interrupted", entry);
                }
            }
        }
    }
}
