package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.database.Limits;
import org.asyncmigrations.database.Session;
import org.asyncmigrations.database.UserWork;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** The keys of the migrations that are walked, each resolved on the database once. Safe for threads. */
public final class KeySpaces {
    private final Map<Long, KeySpace> resolved = new ConcurrentHashMap<>();

    /** No key is resolved yet. */
    public KeySpaces() {
        // The map is the whole state.
    }

    /**
     * A migration's key.
     *
     * @throws IllegalKeyException when the table cannot be walked by it
     */
    KeySpace of(MigrationEntry entry, BatchMigration migration, Session session) throws SQLException {
        KeySpace known = resolved.get(entry.version());
        if (known != null) {
            return known;
        }
        session.begin(Limits.STATE);
        try (UserWork work = session.userWork(Limits.STATE)) {
            KeySpace space = resolve(migration, work.dsl());
            resolved.put(entry.version(), space);
            return space;
        } finally {
            session.rollback();
        }
    }

    /** {@return a key that has been resolved before} */
    KeySpace known(MigrationEntry entry) {
        return Objects.requireNonNull(resolved.get(entry.version()), () -> "the key of " + entry);
    }

    /** {@return a migration's key as the table is now, which nothing remembers} */
    static KeySpace resolve(BatchMigration migration, DSLContext dsl) {
        BatchKey key = migration.key();
        if (key == null) {
            throw new IllegalKeyException(migration.getClass().getName()
                    + ".key() may not return null; return BatchKey.of(TABLE.COLUMN) of the table that is walked");
        }
        Condition pending = migration.pending();
        if (pending == null) {
            throw new IllegalKeyException(migration.getClass().getName()
                    + ".pending() may not return null; return a condition, or leave the method out");
        }
        return KeySpace.of(key, pending, dsl);
    }
}
