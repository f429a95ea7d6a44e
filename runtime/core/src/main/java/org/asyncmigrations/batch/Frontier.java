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

/** Hands out the ranges of a walk one after the other, so that no worker waits for another's slow stretch. Safe for threads. */
public final class Frontier {
    /** Batches in a range: about two seconds of work, which is what the last worker may be alone with at the end. */
    private static final long BATCHES = 16;

    /** Fewer keys than this cost more to hand out than to walk. */
    private static final long FEWEST_KEYS = 10_000;

    /** In a pass that only looks, a range is crossed in few strides; a table of a million rows still has some for each worker. */
    private static final long KEYS_TO_LOOK_OVER = 200_000;

    /** Of the first ranges that are looked for at a walk's start: it takes some milliseconds each, and later ones are as soon found. */
    private static final int MOST_ENDS = 16;

    private final StateStore store;
    private final KeySpaces spaces;
    private final Tunings tunings;

    /**
     * A frontier.
     *
     * @param store the state tables
     * @param spaces the keys that are walked by
     * @param tunings how many workers there may be
     */
    public Frontier(StateStore store, KeySpaces spaces, Tunings tunings) {
        this.store = store;
        this.spaces = spaces;
        this.tunings = tunings;
    }

    /**
     * The planner's estimate of the rows of a migration's table; resolves its key, and refuses a large table whose key has no
     * index.
     *
     * @param entry what the build says of the migration
     * @param migration the user's code
     * @param session the caller's, with no transaction begun: a second one would wait for ever in a pool that is too small
     * @return the estimate, 0 for unknown
     * @throws SQLException when the database cannot be asked
     * @throws RuntimeException when the table cannot be walked by the migration's key; says why
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
     * Whether a pass can show that nothing is left to do, because the migration says what is pending.
     *
     * @param entry what the build says of the migration
     * @param migration the user's code
     * @param session the caller's, with no transaction begun
     * @return whether it overrides {@code pending()}
     * @throws SQLException when the database cannot be asked
     */
    public boolean isProvable(MigrationEntry entry, BatchMigration migration, Session session) throws SQLException {
        return spaces.of(entry, migration, session).hasPending();
    }

    /**
     * Looks the whole table over in one reading.
     *
     * @param entry what the build says of the migration, whose key is resolved
     * @param dsl the way to the database
     * @return whether nothing is pending
     */
    public boolean isClean(MigrationEntry entry, DSLContext dsl) {
        return spaces.known(entry).countPending(dsl, null, null) == 0;
    }

    /**
     * Whether a walk has come so far by another key than the code has now: its frontier and ranges then say nothing.
     *
     * @param entry what the build says of the migration
     * @param migration the user's code
     * @param row the migration's row as read
     * @param session the caller's, with no transaction begun
     * @return true for another key, false where no range was handed out yet
     * @throws SQLException when the database cannot be asked
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
     * As {@link #isOfOtherKey(MigrationEntry, BatchMigration, MigrationRow, Session)}, with a session of its own where one is
     * needed.
     *
     * @param entry what the build says of the migration
     * @param migration the user's code
     * @param row the migration's row as read
     * @return true also for a key that the table cannot be walked by: whoever opens the walk is told that
     * @throws SQLException when the database cannot be asked
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
     * Whether a walk whose place nothing else tells is to hand out its first range a second time: its frontier was changed by hand.
     *
     * @param entry what the build says of the migration
     * @param row the migration's row as read, which has been held against the code's key
     * @return true where rows that are done would be changed again
     */
    public boolean isLost(MigrationEntry entry, MigrationRow row) {
        MigrationRow.Walk walk = row.walk();
        return walk.key() != null
                && walk.frontier() == null
                && !spaces.known(entry).hasPending();
    }

    /**
     * How the state tables name a migration's key.
     *
     * @param entry what the build says of the migration, whose key has been resolved
     * @return the table and the columns
     */
    public String key(MigrationEntry entry) {
        return WalkKey.of(spaces.known(entry));
    }

    /**
     * Hands out the next range, claimed by the caller.
     *
     * @param entry what the build says of the migration
     * @param migration the user's code
     * @param row the migration's row as read
     * @param owner who claims it, and for how long without renewal
     * @return the range, null when somebody else was faster, or there are workers enough
     * @throws SQLException when there is no connection
     */
    public @Nullable RangeRow next(
            MigrationEntry entry, BatchMigration migration, MigrationRow row, RangeRows.Owner owner)
            throws SQLException {
        String known = row.walk().ends().after(row.walk().frontier());
        RangeRows.End end = known != null ? new RangeRows.End(row.walk().key(), known) : end(entry, migration, row);
        return end == null ? null : open(row, end, owner);
    }

    /**
     * The ends of the first ranges, one for each worker: whoever opens the walk looks for them, so that those who begin at once do not
     * all look for the same.
     *
     * @param entry what the build says of the migration, whose key is resolved
     * @param row the migration's row as read
     * @param session the caller's, with no transaction begun
     * @return the ends, none if the walk has begun before, or if its place alone tells which rows are done
     * @throws SQLException when there is no connection
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
                // Whoever comes to such a range says so, or looks for a shorter one.
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

    /** Looks for the end without a lock: if the frontier moves meanwhile, handing out finds that. */
    private RangeRows.@Nullable End end(MigrationEntry entry, BatchMigration migration, MigrationRow row)
            throws SQLException {
        String frontier = row.walk().frontier();
        for (long keys = keys(row); ; keys /= 2) {
            try (Session session = store.connections().borrow()) {
                KeySpace space = spaces.of(entry, migration, session);
                String key = WalkKey.of(space);
                if (row.walk().key() != null && !key.equals(row.walk().key())) {
                    return null; // Another worker has found since that the key has changed.
                }
                session.begin(Limits.STATE);
                try (UserWork work = session.userWork(Limits.STATE)) {
                    Key last = space.end(work.own(), frontier == null ? null : space.read(frontier), null, keys);
                    return new RangeRows.End(key, last == null ? null : space.write(last));
                }
            } catch (IllegalKeyException | AbsentKeyException walkersToSay) {
                // What is done here is nobody's attempt, and fails none: whoever walks all that is left will meet it.
                return new RangeRows.End(row.walk().key(), null);
            } catch (DataAccessException failure) {
                boolean isChangedByHand = Trouble.of(failure) == Trouble.DATA && frontier != null;
                if (isChangedByHand || failure.sqlState().equals("42501")) {
                    // The same; that the table may not be read is no refusal of this user's work as a whole.
                    return new RangeRows.End(row.walk().key(), null);
                }
                // A cold cache or a slow index: a shorter range is found sooner.
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
