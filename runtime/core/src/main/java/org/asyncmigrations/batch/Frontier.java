package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.KeyList;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.RangeRow;
import org.asyncmigrations.state.RangeRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Hands out the ranges of a walk one after the other, so that no worker waits for another's slow range. Thread-safe. */
public final class Frontier {
    /** Batches in a range: about two seconds of work. At the end of a walk, the last worker may be alone for that long. */
    private static final long BATCHES = 16;

    /** The fewest keys in a range: handing out fewer costs more than walking them. */
    private static final long FEWEST_KEYS = 10_000;

    /**
     * The fewest keys in a range of a pass that only looks: it takes few strides, and a table of a million rows still has some
     * ranges for each worker.
     */
    private static final long KEYS_TO_LOOK_OVER = 200_000;

    /** The most ends that are looked up at a walk's start. Each takes some milliseconds, and later ones are found as quickly. */
    private static final int MOST_ENDS = 16;

    private final StateStore store;
    private final KeySpaces spaces;
    private final Tunings tunings;

    /**
     * Creates the frontier.
     *
     * @param store the state tables
     * @param spaces the resolved keys
     * @param tunings the operators' tunings, which limit the workers
     */
    public Frontier(StateStore store, KeySpaces spaces, Tunings tunings) {
        this.store = store;
        this.spaces = spaces;
        this.tunings = tunings;
    }

    /**
     * The planner's estimate of the rows of a migration's table. Resolves the key, and refuses a large table whose key has no
     * index.
     *
     * @param entry this build's migration
     * @param migration the user's code
     * @param session the caller's session, with no open transaction; a second one could wait forever in a pool that is too small
     * @return the estimate, 0 for unknown
     * @throws SQLException if the database can't be asked
     * @throws RuntimeException if the table can't be walked by the migration's key; says why
     */
    public long estimate(MigrationEntry entry, BatchMigration migration, Session session) throws SQLException {
        spaces.doubt(entry);
        KeySpace space = spaces.of(entry, migration, session);
        session.begin(Limits.STATE);
        try (UserWork work = session.userWork(Limits.STATE)) {
            long rows = space.estimate(work.own());
            KeyIndexes.read(space, work.own()).require(space, work.own(), rows);
            return rows;
        } finally {
            session.rollback();
        }
    }

    /**
     * Whether a pass can prove that nothing is left to do, because the migration defines which rows are pending.
     *
     * @param entry this build's migration
     * @param migration the user's code
     * @param session the caller's session, with no open transaction
     * @return whether it overrides {@code pending()}
     * @throws SQLException if the database can't be asked
     */
    public boolean isProvable(MigrationEntry entry, BatchMigration migration, Session session) throws SQLException {
        return spaces.of(entry, migration, session).hasPending();
    }

    /**
     * Looks over the whole table in one query.
     *
     * @param entry this build's migration, whose key is resolved
     * @param dsl access to the database
     * @return whether nothing is pending
     */
    public boolean isClean(MigrationEntry entry, DSLContext dsl) {
        return spaces.known(entry).countPending(dsl, null, null) == 0;
    }

    /**
     * Whether the walk so far used another key than the code has now. Its frontier and ranges are then meaningless.
     *
     * @param entry this build's migration
     * @param migration the user's code
     * @param row the migration's row as read
     * @param session the caller's session, with no open transaction
     * @return true for another key, false if no range was handed out yet
     * @throws SQLException if the database can't be asked
     */
    public boolean isOfOtherKey(MigrationEntry entry, BatchMigration migration, MigrationRow row, Session session)
            throws SQLException {
        spaces.asOf(row);
        String key = row.walk().key();
        return key != null
                && !spaces.isKnownAs(entry, key)
                && !WalkKey.of(spaces.again(entry, migration, session)).equals(key);
    }

    /**
     * As {@link #isOfOtherKey(MigrationEntry, BatchMigration, MigrationRow, Session)}, with its own session if it needs one.
     *
     * @param entry this build's migration
     * @param migration the user's code
     * @param row the migration's row as read
     * @return true also for a key by which the table can't be walked; whoever opens the walk reports that
     * @throws SQLException if the database can't be asked
     */
    public boolean isOfOtherKey(MigrationEntry entry, BatchMigration migration, MigrationRow row) throws SQLException {
        spaces.asOf(row);
        String key = row.walk().key();
        if (key == null || spaces.isKnownAs(entry, key)) {
            return false;
        }
        try (Session session = store.connections().borrow()) {
            return isOfOtherKey(entry, migration, row, session);
        } catch (DataAccessException unreachable) {
            throw unreachable;
        } catch (RuntimeException unusable) {
            return true;
        }
    }

    /**
     * Whether the frontier of a walk without {@code pending()} was deleted by hand. The walk would start again at the beginning.
     *
     * @param entry this build's migration
     * @param row the migration's row as read, whose key has been compared with the code's
     * @return true if finished rows would be changed again
     */
    public boolean isLost(MigrationEntry entry, MigrationRow row) {
        MigrationRow.Walk walk = row.walk();
        return walk.key() != null
                && walk.frontier() == null
                && !spaces.known(entry).hasPending();
    }

    /**
     * The name of a migration's key in the state tables.
     *
     * @param entry this build's migration, whose key has been resolved
     * @return the table and the columns
     */
    public String key(MigrationEntry entry) {
        return WalkKey.of(spaces.known(entry));
    }

    /**
     * Hands out the next range, claimed by the caller.
     *
     * @param entry this build's migration
     * @param migration the user's code
     * @param row the migration's row as read
     * @param owner who claims it, and how long the claim lasts without renewal
     * @return the range, null if another worker was faster or there are enough workers
     * @throws SQLException if there is no connection
     */
    public @Nullable RangeRow next(
            MigrationEntry entry, BatchMigration migration, MigrationRow row, RangeRows.Owner owner)
            throws SQLException {
        String known = row.walk().ends().after(row.walk().frontier());
        RangeRows.End end = known != null ? new RangeRows.End(row.walk().key(), known) : end(entry, migration, row);
        return end == null ? null : open(row, end, owner);
    }

    /**
     * The ends of the first ranges, one for each worker. Whoever opens the walk looks them up, so that workers that begin at once
     * don't all look up the same one.
     *
     * @param entry this build's migration, whose key is resolved
     * @param row the migration's row as read
     * @param session the caller's session, with no open transaction
     * @return the ends; none if the walk has begun before, or if only its position shows which rows are done
     * @throws SQLException if there is no connection
     */
    public KeyList firstEnds(MigrationEntry entry, MigrationRow row, Session session) throws SQLException {
        KeySpace space = spaces.known(entry);
        List<String> ends = new ArrayList<>();
        if (row.walk().key() == null && space.hasPending()) {
            int most = Math.min(MOST_ENDS, tunings.workers(session, row.version()));
            session.begin(Limits.STATE);
            try (UserWork work = session.userWork(Limits.STATE)) {
                Key last = null;
                do {
                    last = space.end(work.own(), last, null, keys(row));
                    if (last != null) {
                        ends.add(space.write(last));
                    }
                } while (last != null && ends.size() < most);
            } catch (IllegalKeyException | AbsentKeyException | DataAccessException walkersToSay) {
                // The worker of such a range reports it, or looks for a shorter one.
                return new KeyList(ends);
            } finally {
                session.rollback();
            }
        }
        return new KeyList(ends);
    }

    private @Nullable RangeRow open(MigrationRow row, RangeRows.End end, RangeRows.Owner owner) throws SQLException {
        int most = tunings.workers(row.version());
        try (Session session = store.connections().borrow()) {
            session.begin(Limits.WALK);
            StateTransaction tx = store.within(session);
            RangeRow range = RangeRows.open(tx, row, end, owner, most);
            session.commit();
            store.tell(tx);
            return range;
        }
    }

    /** Looks for the end without a lock. If the frontier moves in the meantime, opening the range fails. */
    private RangeRows.@Nullable End end(MigrationEntry entry, BatchMigration migration, MigrationRow row)
            throws SQLException {
        String frontier = row.walk().frontier();
        for (long keys = keys(row); ; keys /= 2) {
            try (Session session = store.connections().borrow()) {
                KeySpace space = spaces.of(entry, migration, session);
                String key = WalkKey.of(space);
                if (row.walk().key() != null && !key.equals(row.walk().key())) {
                    return null; // Another worker has found that the key has changed.
                }
                session.begin(Limits.STATE);
                try (UserWork work = session.userWork(Limits.STATE)) {
                    Key last = space.end(work.own(), frontier == null ? null : space.read(frontier), null, keys);
                    return new RangeRows.End(key, last == null ? null : space.write(last));
                }
            } catch (IllegalKeyException | AbsentKeyException walkersToSay) {
                // This isn't part of an attempt, so it fails none. Whoever walks the rest of the table meets the same
                // error.
                return new RangeRows.End(row.walk().key(), null);
            } catch (DataAccessException failure) {
                boolean isChangedByHand = Trouble.of(failure) == Trouble.DATA && frontier != null;
                if (isChangedByHand || failure.sqlState().equals("42501")) {
                    // The same. A table that may not be read must not stop this user's other work.
                    return new RangeRows.End(row.walk().key(), null);
                }
                // A cold cache or a slow index: the end of a shorter range is found sooner.
                if (Trouble.of(failure) != Trouble.TIMEOUT || keys <= 1) {
                    spaces.doubt(entry);
                    throw failure;
                }
            }
        }
    }

    private static long keys(MigrationRow row) {
        boolean looks = row.walk().pass() > 1;
        long keys = Math.max(FEWEST_KEYS, BATCHES * row.walk().batchSize());
        return looks ? Math.max(KEYS_TO_LOOK_OVER, keys) : keys;
    }
}
