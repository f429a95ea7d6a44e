package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
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

/** Writes migrations down as created. Immutable, and so safe for threads. */
record Registration(StateStore store, Presence presence) {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    /**
     * Writes down all that have no row.
     *
     * @param newDatabase whether a database without a migration yet has no old data either
     */
    void register(Next.Register register, boolean newDatabase) throws SQLException {
        try {
            store.transaction(tx -> {
                MigrationRows.register(tx, register.missing(), presence.build());
                if (register.isFirst() && newDatabase) {
                    register.missing().stream()
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
     * Writes one down in a transaction of somebody else's.
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
            store.install();
            return null;
        }
    }
}
