package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.batch.BatchUse.Allowance;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.SchemaChangeException;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.jspecify.annotations.Nullable;

/**
 * Changes batches as a walk does, each in a transaction that is rolled back, until they take as long as batches should. Used by one
 * thread.
 */
final class Trial {
    /**
     * How many batch times a trial may take: enough for batches to grow from 500 rows to 100,000, since all but the last are
     * shorter. Not more, since rolled-back changes leave work for the database.
     */
    private static final int BATCH_TIMES = 30;

    /** The number of full batches at the end of a trial that are measured. A single one may be slow by chance, and the first is cold. */
    private static final int MEASURED = 3;

    private final WalkSettings settings;
    private final MigrationEntry entry;
    private final KeySpace space;
    private final Pace pace;
    private final long began = System.nanoTime();
    private final Duration longest;
    private @Nullable Key after;
    private final Deque<Tried> tried = new ArrayDeque<>();
    private int full;
    private int batches;
    private String hindrance = "a trial found no row";

    Trial(WalkSettings settings, MigrationEntry entry, KeySpace space, long remembered) {
        this.settings = settings;
        this.entry = entry;
        this.space = space;
        this.longest = settings.targetBatchTime().multipliedBy(BATCH_TIMES);
        this.pace = new Pace(settings.targetBatchTime(), remembered);
    }

    /**
     * The result of a trial.
     *
     * @param batches the number of batches that ended
     * @param size the number of keys of the next one
     * @param last the last batches together, null if none ended
     * @param hindrance why none ended
     */
    record Result(int batches, long size, @Nullable Tried last, String hindrance) {}

    /**
     * The result of one batch or of several.
     *
     * @param keys the number of keys
     * @param took the time, without commits
     */
    record Tried(long keys, Duration took) {
        Tried plus(Tried other) {
            return new Tried(keys + other.keys, took.plus(other.took));
        }
    }

    /**
     * Runs the trial.
     *
     * @param from the key after which it begins to look for a pending row
     * @throws Exception as thrown by {@code migrate}, or if the trial can't go on, such as after a lost connection
     */
    Result run(Session session, BatchMigration migration, @Nullable Key from) throws Exception {
        after = firstPending(session, from);
        boolean goesOn = true;
        while (goesOn && isTimeLeft()) {
            try {
                goesOn = batch(session, migration);
            } catch (Exception failure) {
                hindrance = "no batch of a trial finished: " + Trouble.words(failure);
                switch (Trouble.of(failure)) {
                    case TIMEOUT -> pace.halve();
                    // The other session will end in a while.
                    case LOCK, CONFLICT ->
                        LockSupport.parkNanos(settings.targetBatchTime().toNanos());
                    case CONNECTION, FULL, DATA, ATTEMPT -> throw refused(session.product(), failure);
                }
            }
        }
        return new Result(
                batches, pace.size(), tried.stream().reduce(Tried::plus).orElse(null), hindrance);
    }

    private boolean isTimeLeft() {
        // An interrupt would also end every wait at once.
        return System.nanoTime() - began < longest.toNanos()
                && !Thread.currentThread().isInterrupted();
    }

    /** The key before the first pending row. A batch without pending rows is cheap, and says nothing about later ones. */
    private @Nullable Key firstPending(Session session, @Nullable Key from) throws SQLException {
        session.begin(limits(session.product()));
        try (UserWork work = session.userWork(limits(session.product()))) {
            Key first = space.firstPending(work.own(), from, null);
            return first == null ? from : space.before(work.own(), first);
        } catch (RuntimeException failure) {
            if (Trouble.of(failure) != Trouble.TIMEOUT) {
                throw failure;
            }
            return from;
        } finally {
            session.rollback();
        }
    }

    /** {@return whether another batch would tell more} */
    private boolean batch(Session session, BatchMigration migration) throws Exception {
        long size = pace.size();
        long start = System.nanoTime();
        session.begin(limits(session.product()));
        try (UserWork work = session.userWork(limits(session.product()))) {
            Key end = space.end(work.own(), after, null, size);
            Key last = end != null ? end : space.last(work.own(), after);
            if (last == null) {
                return false;
            }
            size = end != null ? space.keys(work.own(), after, end, size) : size;
            RejectFinder finder = finder(migration, work, Math.max(1, size), start);
            long beganRows = System.nanoTime();
            long rows = changed(finder, last);
            long ended = System.nanoTime();
            Duration time = Duration.ofNanos(ended - start);
            if (finder.cut() != null) {
                end = finder.cut();
                last = end;
                size = Math.max(rows, work.own().fetchCount(space.table(), space.range(after, end)));
            }
            long walked =
                    end != null ? size : Math.max(rows, work.own().fetchCount(space.table(), space.range(after, last)));
            if (!session.product().numbersTransactionsByChange()) {
                // H2 numbers a transaction from its first change on, so a transaction without changes can't be told
                // from another.
                work.verifySameTransaction();
            }
            after = last;
            pace.walked(walked, rows, time, Duration.ofNanos(ended - beganRows), false);
            measured(new Tried(Math.max(1, walked), time), pace.size() <= size);
            return end != null && full < MEASURED;
        } finally {
            session.rollback();
        }
    }

    private RejectFinder finder(BatchMigration migration, UserWork work, long size, long start) {
        long most = settings.rowsTime().toNanos();
        RowLoop loop = new TimedRowLoop(work, settings.thinkTime(), () -> {}, () -> System.nanoTime() - start > most);
        RejectFinder.Patience patience = new RejectFinder.Patience(settings::rejectBudget, () -> batches > 0);
        return new RejectFinder(
                new RejectFinder.Walked(migration, space), work, new Allowance(size, false), loop, patience);
    }

    /** Changes the rows. The thread belongs to the caller, so an interrupt in the user's code is set again. */
    private long changed(RejectFinder finder, Key last) throws Exception {
        try {
            return finder.change(after, last);
        } finally {
            if (finder.wasInterrupted()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@return the exception to throw for a failure; if a schema change was refused, one that says why} */
    private static Exception refused(Product product, Exception failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SchemaChangeException)) {
            cause = cause.getCause();
        }
        return cause instanceof SchemaChangeException change && !product.rollsBackSchemaChanges()
                ? new IllegalStateException(
                        "a batch must not change the schema, since "
                                + product.name()
                                + " commits such a statement at once, outside the batch's transaction, so this was not"
                                + " sent: " + change.statement()
                                + "; change the schema in a DataMigration before this one",
                        change)
                : failure;
    }

    private void measured(Tried batch, boolean isFull) {
        batches++;
        full += isFull ? 1 : 0;
        tried.addLast(batch);
        if (tried.size() > MEASURED) {
            tried.removeFirst();
        }
    }

    private Limits limits(Product product) {
        return new Limits(
                settings.lockTimeout(),
                settings.statementTimeout(),
                settings.claimTime().dividedBy(2),
                Duration.ZERO,
                "async-migrations-trial",
                entry.mayChangeSchema() && product.rollsBackSchemaChanges(),
                true);
    }
}
