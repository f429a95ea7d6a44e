package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.release.Presence;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.Operations;
import org.asyncmigrations.state.StateStore;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inserts rows for new migrations, as created. Immutable and thread-safe.
 *
 * @param store the state tables
 * @param presence this build
 * @param newDatabase whether a database without migrations counts as one without old data
 */
record Registration(StateStore store, Presence presence, boolean newDatabase) {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    /** Registers all migrations that have no row. In a new database, they don't wait for anything. */
    void register(NextAction.Register register) throws SQLException {
        boolean isNew = register.isFirst() && newDatabase;
        List<MigrationEntry> missing = isNew
                ? register.missing().stream()
                        .map(MigrationEntry::startingAtOnce)
                        .toList()
                : register.missing();
        try {
            store.transaction(tx -> {
                MigrationRows.register(tx, missing, presence.build());
                if (isNew) {
                    missing.stream()
                            .filter(MigrationEntry::isRetired)
                            .forEach(entry -> Operations.skip(tx, entry.version(), "assumed to be a new database"));
                }
                return null;
            });
        } catch (IntegrityConstraintViolationException written) {
            LOG.debug("another instance was faster: {}", written.getMessage());
        }
    }

    /**
     * Registers a migration in the caller's transaction.
     *
     * @return false if it was registered already
     */
    boolean register(MigrationEntry entry, Connection connection) throws SQLException {
        // Not on the caller's connection: a missing table would abort its transaction, and creating the table would
        // commit it.
        if (find(entry) != null) {
            return false;
        }
        presence.announceBuild();
        boolean isNew = newDatabase && !store.transaction(MigrationRows::anyBegun);
        return MigrationRows.registerOne(
                store.within(connection), isNew ? entry.startingAtOnce() : entry, presence.build());
    }

    private @Nullable MigrationRow find(MigrationEntry entry) throws SQLException {
        try {
            return store.transaction(tx -> MigrationRows.find(tx, entry.version()));
        } catch (DataAccessException failure) {
            if (!Trouble.isMissingTable(failure)) {
                throw failure;
            }
            store.install();
            return null;
        }
    }
}
