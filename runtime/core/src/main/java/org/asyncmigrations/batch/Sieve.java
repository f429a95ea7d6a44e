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
 * Changes a batch although some of its rows cannot be changed: what fails for a row's sake is undone and halved, until that row
 * is alone and is set aside. Each part has a savepoint, so that what could be changed stays. Used by one thread.
 */
final class Sieve {
    /** So many in a row that cannot be changed, before any other could be, are no accident of the data, but of the code. */
    private static final int HOPELESS = 10;

    /** Why a row is set aside that {@code migrate} took without complaint, and left as it was. */
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

    /** The user's code and its table. */
    record Walked(BatchMigration migration, KeySpace space) {}

    /**
     * When rows that cannot be changed end the batch.
     *
     * @param rejects with more of them, what is left is left to the next batch; asked at the first
     * @param isProven whether the code has changed rows before, so that what fails is the rows' fault; asked if it matters
     */
    record Patience(IntSupplier rejects, BooleanSupplier isProven) {}

    /**
     * A sieve for one batch.
     *
     * @param allowance what the batch's statements may report
     * @param loop goes along from row to row
     * @param patience when it gives up
     */
    Sieve(Walked walked, UserWork work, Allowance allowance, RowLoop loop, Patience patience) {
        this.migration = walked.migration();
        this.space = walked.space();
        this.work = work;
        this.allowance = allowance;
        this.loop = loop;
        this.patience = patience;
    }

    /** {@return the last key that was come to, if the batch has ended early; null if it has not} */
    @Nullable
    Key cut() {
        return cut;
    }

    /** {@return a number that {@code migrate} has returned and the database has not counted, null for none} */
    @Nullable
    RowCount unexplained() {
        return unexplained;
    }

    /** {@return what statements may report, as far as this batch has shown} */
    Allowance allowance() {
        return allowance;
    }

    /** {@return the rows that were set aside} */
    List<Reject> rejects() {
        return rejects;
    }

    /**
     * Changes the rows behind {@code after} up to and with {@code upTo}; null leaves that side open.
     *
     * @return how many rows were changed
     * @throws Exception what is no single row's fault
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
            // Unless somebody else has moved that row in the meantime: locked, it stays where it is.
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
            // If a row's error has cost the connection, smaller batches find the row.
            gone.addSuppressed(failure);
            throw gone;
        }
    }

    /** Sets a row aside of which another has found that it cannot be changed. */
    void reject(Key key, String error) {
        rejects.add(new Reject(space.write(key), error));
    }

    /** The user's code. An interrupt that it leaves behind would end each further wait of this thread at once. */
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

    /** Refuses code that runs beyond its batch; what it has done is undone already. */
    private void look(BatchOverrun overrun, @Nullable Key after, @Nullable Key upTo) throws Exception {
        new OverrunProof(migration, space, work).require(overrun, space.range(after, upTo));
        allowance = allowance.after(overrun);
    }

    /** {@return whether this thread was interrupted in the user's code; it is not any more} */
    boolean wasInterrupted() {
        return interrupted;
    }

    private KeyedRowBatch batch(@Nullable Key after, @Nullable Key upTo) {
        KeyedRowBatch.Part part = new KeyedRowBatch.Part(space.range(after, upTo), after, upTo, allowance, loop);
        return new KeyedRowBatch(work.dsl(), work.own(), space, part);
    }

    /**
     * Changes a part of the batch, or all of it once more; what was changed before stays in any case.
     *
     * @return how many rows were changed
     * @throws Exception what is no single row's fault
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
            // What has ended early leaves the rest to the next batch.
            return cut != null ? rows : rows + changeAgain(middle, upTo);
        }
        Key alone = space.firstPending(work.own(), after, upTo);
        if (alone == null) {
            if (space.positions() != null) {
                return 0; // Somebody has moved it. It is still pending, and will be found.
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

    /** Whether another row might do: a value that does not fit, a constraint, or what the user's code says of one row. */
    static boolean isOfARow(Throwable failure, KeyedRowBatch batch) {
        return switch (Trouble.of(failure)) {
            case DATA -> true;
            case ATTEMPT -> failure instanceof StillPendingException || batch.isOfARow(failure);
            case CONNECTION, FULL, TIMEOUT, LOCK, CONFLICT -> false;
        };
    }
}
