package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.RejectRows;
import org.asyncmigrations.state.StateStore;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the walked migrations. Each is resolved on the database when its walk begins, and again after a failure, since the
 * table may have been altered. Thread-safe.
 */
public final class KeySpaces {
    private final StateStore store;
    private final Map<Long, KeySpace> resolved = new ConcurrentHashMap<>();

    private final Set<Long> doubtful = ConcurrentHashMap.newKeySet();

    /** The token of each migration's row when its key was last asked for. */
    private final Map<Long, Long> tokens = new ConcurrentHashMap<>();

    /**
     * Starts with no resolved key.
     *
     * @param store the state tables
     */
    public KeySpaces(StateStore store) {
        this.store = store;
    }

    /**
     * A migration's key.
     *
     * @throws IllegalKeyException if the table can't be walked by it
     */
    KeySpace of(MigrationEntry entry, BatchMigration migration, Session session) throws SQLException {
        KeySpace known = resolved.get(entry.version());
        return known != null && !doubtful.contains(entry.version()) ? known : again(entry, migration, session);
    }

    /** Resolves a migration's key on the current table: a new index may have changed the key. */
    KeySpace again(MigrationEntry entry, BatchMigration migration, Session session) throws SQLException {
        session.begin(Limits.STATE);
        try (UserWork work = session.userWork(Limits.STATE)) {
            KeySpace space = resolve(migration, work);
            space = space.without(RejectRows.accepted(store.within(session), entry.version(), WalkKey.of(space)));
            resolved.put(entry.version(), space);
            doubtful.remove(entry.version());
            return space;
        } finally {
            session.rollback();
        }
    }

    /** Resolves a key again before its next use if, since the last call, the whole migration was claimed or its rejects were accepted. */
    void asOf(MigrationRow row) {
        Long before = tokens.put(row.version(), row.token());
        if (before == null || before != row.token()) {
            doubtful.add(row.version());
        }
    }

    /** Resolves a key again before its next use. */
    void doubt(MigrationEntry entry) {
        doubtful.add(entry.version());
    }

    /** Whether a migration's key is resolved, needs no new resolution, and has this name in the state tables. */
    boolean isKnownAs(MigrationEntry entry, String walkKey) {
        KeySpace known = resolved.get(entry.version());
        return known != null
                && !doubtful.contains(entry.version())
                && WalkKey.of(known).equals(walkKey);
    }

    /** {@return a key that was resolved before} */
    KeySpace known(MigrationEntry entry) {
        return Objects.requireNonNull(resolved.get(entry.version()), () -> "the key of " + entry);
    }

    /** {@return a migration's key, resolved on the current table; the result isn't kept} */
    static KeySpace resolve(BatchMigration migration, UserWork work) {
        BatchKey key = key(migration);
        if (key == null) {
            throw new IllegalKeyException(migration.getClass().getName()
                    + ".key() must not return null; return BatchKey.of(TABLE.COLUMN) of the table that is walked");
        }
        Condition pending = migration.pending();
        if (pending == null) {
            throw new IllegalKeyException(migration.getClass().getName()
                    + ".pending() must not return null; return a condition, or leave the method out");
        }
        return KeySpace.of(key, pending, work.product(), work.own());
    }

    /** The migration's key. A refused declaration would be refused at each attempt, so it becomes an {@link IllegalKeyException}. */
    private static @Nullable BatchKey key(BatchMigration migration) {
        try {
            return migration.key();
        } catch (IllegalArgumentException refused) {
            throw new IllegalKeyException(
                    migration.getClass().getName() + ".key() fails: " + refused.getMessage(), refused);
        }
    }
}
