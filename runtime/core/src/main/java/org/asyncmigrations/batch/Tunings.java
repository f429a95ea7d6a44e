package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.asyncmigrations.state.TuningRows;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operators' tunings. They are read together, once a second for all workers of an instance, and only while a worker is going to
 * work. A walk that seals a migration follows that migration's tuning. Thread-safe.
 */
public final class Tunings {
    private static final Logger LOG = LoggerFactory.getLogger(Tunings.class);

    /** How soon all instances follow a tuning. A statement a second is negligible compared with batches. */
    private static final Duration EACH = Duration.ofSeconds(1);

    private final StateStore store;
    private final int maxWorkers;
    private final LongSupplier nanoTime;
    private volatile @Nullable Known known;

    private record Known(TuningRows.All all, long readAt) {}

    /**
     * Creates the tunings of an instance.
     *
     * @param store the state tables
     * @param maxWorkers how many workers a migration may have if that isn't tuned
     * @param nanoTime {@link System#nanoTime()}, or a test's own
     */
    public Tunings(StateStore store, int maxWorkers, LongSupplier nanoTime) {
        this.store = store;
        this.maxWorkers = maxWorkers;
        this.nanoTime = nanoTime;
    }

    /**
     * A migration's tuning. Uses its own connection if it has to be read.
     *
     * @param version the migration, or the walk that seals it
     * @return its tuning
     * @throws SQLException if there is no connection
     * @throws DataAccessException if it can't be read and never was
     */
    public Tuning of(long version) throws SQLException {
        Known now = known;
        if (isRecent(now)) {
            return tuning(now.all(), version);
        }
        // The connection comes before the lock: a worker with the pool's last connection may be going to read too.
        try (Session session = store.connections().borrow()) {
            return of(session, version);
        }
    }

    /**
     * A migration's tuning.
     *
     * @param session the worker's session, with no open transaction
     * @param version the migration, or the walk that seals it
     * @return its tuning
     * @throws DataAccessException if it can't be read and never was
     */
    public Tuning of(Session session, long version) {
        return tuning(fresh(session), version);
    }

    /**
     * How many workers of all instances together may work on a migration.
     *
     * @param version the migration, or the walk that seals it
     * @return the number
     * @throws SQLException if there is no connection
     * @throws DataAccessException if it can't be read and never was
     */
    public int workers(long version) throws SQLException {
        return workers(of(version));
    }

    /** {@return how many workers of all instances together may work on a migration} */
    int workers(Session session, long version) {
        return workers(of(session, version));
    }

    /**
     * {@return whether the workers of earlier ranges already are as many as allowed; false for a worker that claimed its range
     * after the last reading}
     */
    boolean isBeyond(Session session, long version, String owner) {
        TuningRows.All all = fresh(session);
        return all.owners().getOrDefault(version, List.of()).indexOf(owner) >= workers(tuning(all, version));
    }

    /**
     * Whether one more worker may claim an existing range, as far as the tuning is known. Without a tuning there is always room: no
     * more ranges are open than there may be workers.
     *
     * @param tx the transaction that claims
     * @param version the migration, or the walk that seals it
     * @return whether there is room for one
     */
    public boolean admits(StateTransaction tx, long version) {
        Known now = known;
        Integer tuned = now == null ? null : tuning(now.all(), version).workers();
        return tuned == null || TuningRows.admits(tx, version, tuned);
    }

    private int workers(Tuning tuning) {
        Integer most = tuning.workers();
        return most == null ? maxWorkers : most;
    }

    private static Tuning tuning(TuningRows.All all, long version) {
        return all.tunings().getOrDefault(Math.abs(version), Tuning.none());
    }

    private TuningRows.All fresh(Session session) {
        Known now = known;
        return isRecent(now) ? now.all() : read(session);
    }

    private boolean isRecent(@Nullable Known read) {
        return read != null && nanoTime.getAsLong() - read.readAt() < EACH.toNanos();
    }

    /** Reads the tunings. The first worker reads and the others wait for it, so that no batch begins untuned. */
    private synchronized TuningRows.All read(Session session) {
        Known before = known;
        if (isRecent(before)) {
            return before.all();
        }
        TuningRows.All all;
        try {
            session.begin(Limits.STATE);
            all = TuningRows.all(store.within(session));
            session.commit();
        } catch (SQLException | DataAccessException failure) {
            session.rollback();
            if (before == null && !Trouble.mayCome(failure)) {
                throw failure instanceof DataAccessException unread
                        ? unread
                        : new DataAccessException("the operators' tuning cannot be read", failure);
            }
            LOG.debug("the operators' tuning could not be read", failure);
            all = before == null ? TuningRows.All.NOTHING : before.all();
        }
        known = new Known(all, nanoTime.getAsLong());
        return all;
    }
}
