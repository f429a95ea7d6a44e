package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.release.Presence;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateStore;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Writes migrations down in transactions of somebody else's, one at a time. Immutable, and so safe for threads. */
record Registration(StateStore store, Presence presence) {
    /**
     * Writes a migration down as created.
     *
     * @return false when it was there already
     */
    boolean register(MigrationEntry entry, Connection connection) throws SQLException {
        // Not on the other's connection, where a table that is missing would end the transaction, or making it commit
        // it.
        if (find(entry) != null) {
            return false;
        }
        presence.announceBuild();
        return MigrationRows.registerOne(store.within(connection), entry, presence.build());
    }

    private @Nullable MigrationRow find(MigrationEntry entry) throws SQLException {
        try {
            return store.transaction(tx -> MigrationRows.find(tx, entry.version()));
        } catch (DataAccessException failure) {
            if (!Trouble.isMissingTable(failure)) {
                throw failure;
            }
            StateSchema.install(store.connections(), store.tables());
            return null;
        }
    }
}
