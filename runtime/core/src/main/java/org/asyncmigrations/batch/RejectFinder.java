package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.batch.BatchUse.Allowance;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.Reject;
import org.jspecify.annotations.Nullable;

/**
 * Changes a batch although some of its rows can't be changed. If a row makes the batch fail, the batch is undone and halved until
 * that row is alone; then it is set aside. Each part has a savepoint, so that changed rows stay changed. Used by one thread.
 */
final class RejectFinder {
    /** If this many rows in a row fail before any other could be changed, the cause is the code and not the data. */
    private static final int HOPELESS = 10;

    /** The error of a row that {@code migrate} left as it was without an exception. */
    static final String STILL_PENDING = "still pending after migrate()";

    private final BatchMigration migration;
    private final KeySpace space;
    private final UserWork work;
    private final RowLoop loop;
    private final List<Reject> rejects = new ArrayList<>();
    private final Patience patience;
    private Allowance allowance;
    private @Nullable Key cut;
    private boolean hasChanged;
    private int most;
    private boolean interrupted;
    private @Nullable RowCount unexplained;

    /** The user's code and the table that it changes. */
    record Walked(BatchMigration migration, KeySpace space) {}

    /**
     * When rejects end the batch.
     *
     * @param rejects how many rows may be set aside before the rest is left to the next batch; asked at the first reject
     * @param isProven whether the code has changed rows before, so that the failures are the rows' fault; asked only if it matters
     */
    record Patience(IntSupplier rejects, BooleanSupplier isProven) {}

    /**
     * Creates a sieve for one batch.
     *
     * @param allowance what the batch's statements may report
     * @param loop accompanies {@code batch.update} from row to row
     * @param patience when to give up
     */
    RejectFinder(Walked walked, UserWork work, Allowance allowance, RowLoop loop, Patience patience) {
        this.migration = walked.migration();
        this.space = walked.space();
        this.work = work;
        this.allowance = allowance;
        this.loop = loop;
        this.patience = patience;
    }

    /** {@return the last key that was handled if the batch ended early; null if it didn't} */
    @Nullable
    Key cut() {
        return cut;
    }

    /** {@return a number that {@code migrate} returned but the database didn't count, null for none} */
    @Nullable
    RowCount unexplained() {
        return unexplained;
    }

    /** {@return what statements may report, adjusted by what this batch has shown} */
    Allowance allowance() {
        return allowance;
    }

    /** {@return the rows that were set aside} */
    List<Reject> rejects() {
        return rejects;
    }

    /**
     * Changes the rows after {@code after}, up to and including {@code upTo}; null leaves that side open.
     *
     * @return how many rows were changed
     * @throws Exception if the failure isn't caused by a single row
     */
    long change(@Nullable Key after, @Nullable Key upTo) throws Exception {
        KeyedRowBatch batch = batch(after, upTo);
        try {
            long rows = migrate(batch, MovedRows.of(space, work.own(), space.range(after, upTo), false));
            work.checkDeferred();
            return rows;
        } catch (BatchOverrun overrun) {
            work.undo();
            look(overrun, after, upTo);
            return change(after, upTo);
        } catch (StillPendingException unless) {
            // Another session may have moved that row in the meantime. This time the rows are locked, so they stay in
            // place.
            work.undo();
            long rows = changeAgain(after, upTo);
            work.checkDeferred();
            return rows;
        } catch (Exception failure) {
            if (!isOfARow(failure, batch)) {
                throw failure;
            }
            undo(failure);
            long rows = sift(after, upTo, failure);
            work.checkDeferred();
            return rows;
        }
    }

    private void undo(Exception failure) throws SQLException {
        try {
            work.undo();
        } catch (SQLException gone) {
            // If a row's error has closed the connection, smaller batches find the row.
            gone.addSuppressed(failure);
            throw gone;
        }
    }

    /** Sets aside a row for a reason that the caller has found. */
    void reject(Key key, String error) {
        rejects.add(new Reject(space.write(key), error));
    }

    /** Calls the user's code, and clears an interrupt that it leaves behind, which would end each further wait of this thread at once. */
    private long migrate(KeyedRowBatch batch, MovedRows before) throws Exception {
        try {
            RowCount count = batch.migrate(migration, work);
            cut = batch.cut();
            unexplained = count.isExplained() ? unexplained : count;
            before.requireChanged(cut);
            return count.rows();
        } finally {
            interrupted |= Thread.interrupted();
        }
    }

    /** Refuses code that changes rows outside of its batch. The batch's changes are already undone. */
    private void look(BatchOverrun overrun, @Nullable Key after, @Nullable Key upTo) throws Exception {
        new OverrunProof(migration, space, work).require(overrun, space.range(after, upTo));
        allowance = allowance.after(overrun);
    }

    /** {@return whether this thread was interrupted in the user's code; its interrupt flag is cleared} */
    boolean wasInterrupted() {
        return interrupted;
    }

    private KeyedRowBatch batch(@Nullable Key after, @Nullable Key upTo) {
        KeyedRowBatch.Part part = new KeyedRowBatch.Part(space.range(after, upTo), after, upTo, allowance, loop);
        return new KeyedRowBatch(work.dsl(), work.own(), space, part);
    }

    /**
     * Changes a part of the batch, or all of it once more. Earlier changes stay in any case.
     *
     * @return how many rows were changed
     * @throws Exception if the failure isn't caused by a single row
     */
    long changeAgain(@Nullable Key after, @Nullable Key upTo) throws Exception {
        KeyedRowBatch batch = batch(after, upTo);
        try {
            long rows = work.inSavepoint(() -> {
                long said = migrate(batch, MovedRows.of(space, work.own(), space.range(after, upTo), true));
                // The parts that follow may need their constraints deferred.
                work.tryDeferred();
                return said;
            });
            hasChanged = true;
            return rows;
        } catch (BatchOverrun overrun) {
            look(overrun, after, upTo);
            return changeAgain(after, upTo);
        } catch (Exception failure) {
            if (!isOfARow(failure, batch)) {
                throw failure;
            }
            return sift(after, upTo, failure);
        }
    }

    private long sift(@Nullable Key after, @Nullable Key upTo, Exception failure) throws Exception {
        long pending = space.countPending(work.own(), after, upTo);
        Key middle = pending < 2 ? null : space.pendingEnd(work.own(), after, upTo, pending / 2);
        // Rows of inherited tables may share a key.
        if (middle != null && !middle.equals(upTo)) {
            long rows = changeAgain(after, middle);
            // A part that ended early leaves the rest to the next batch.
            return cut != null ? rows : rows + changeAgain(middle, upTo);
        }
        Key alone = space.firstPending(work.own(), after, upTo);
        if (alone == null) {
            if (space.positions() != null) {
                return 0; // Another session has moved it. It's still pending, and will be found.
            }
            throw failure;
        }
        reject(alone, Failures.attempt(failure, "", 1, 1).error());
        if (rejects.size() == HOPELESS && !hasChanged && !patience.isProven().getAsBoolean()) {
            throw new HopelessRowsException(HOPELESS, rejects.get(rejects.size() - 1), failure);
        }
        if (rejects.size() == 1) {
            most = patience.rejects().getAsInt();
        }
        if (rejects.size() > most) {
            cut = alone;
        }
        return 0;
    }

    /**
     * Whether other rows might succeed: a value that doesn't fit, a violated constraint, or an exception of the user's code for one
     * row.
     */
    static boolean isOfARow(Throwable failure, KeyedRowBatch batch) {
        return switch (Trouble.of(failure)) {
            case DATA -> true;
            case ATTEMPT -> failure instanceof StillPendingException || batch.isOfARow(failure);
            case CONNECTION, FULL, TIMEOUT, LOCK, CONFLICT -> false;
        };
    }
}
