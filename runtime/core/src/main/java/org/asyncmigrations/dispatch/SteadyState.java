package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.product.DriverSql;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.NetworkTimeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only statement on the caller's thread: asks whether there is anything to do. Uses plain JDBC in auto-commit, so that a start
 * with nothing to do doesn't load jOOQ. Thread-safe.
 */
final class SteadyState {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyState.class);

    private final Connections connections;
    private final String schema;
    private final String table;

    SteadyState(Connections connections, String schema, String prefix) {
        this.connections = connections;
        this.schema = schema;
        this.table = prefix + "schema_migrations";
    }

    /** What the table says about a build. */
    enum Finding {
        /** Everything is done. */
        DONE,
        /** Only what the mode leaves for later is left. */
        HELD,
        /** There is work. */
        WORK
    }

    /**
     * What the table says.
     *
     * @param finding about this build
     * @param tooNew an after-release migration that this build doesn't know and that has begun, 0 for none
     */
    record Answer(Finding finding, long tooNew) {}

    /**
     * Asks.
     *
     * @param entries in the order of versions
     * @throws SQLException if the database can't be reached, or has no such table
     */
    Answer ask(List<MigrationEntry> entries, Mode mode) throws SQLException {
        Comparison comparison = new Comparison(entries);
        Connection connection = connections.acquire();
        // A dead server mustn't block the thread that dispatches.
        NetworkTimeout network = NetworkTimeout.of(connection);
        try {
            network.allowOne();
            read(connection, comparison);
        } finally {
            endTransaction(connection);
            connections.giveBack(connection, network);
        }
        return new Answer(comparison.finding(mode), comparison.tooNew);
    }

    /** Compares a build with its rows. Used by one thread. */
    private static final class Comparison {
        private final List<MigrationEntry> entries;
        private final @Nullable String[] states;
        private int next;
        private long tooNew;

        Comparison(List<MigrationEntry> entries) {
            this.entries = entries;
            this.states = new String[entries.size()];
        }

        /**
         * Takes a row. Rows usually come in the order of versions, except those that were changed later. To sort them would cost
         * the server more.
         */
        void row(long version, @Nullable String state, @Nullable String fingerprint, boolean hasBegunAfterRelease) {
            int place = next < states.length && entries.get(next).version() == version ? next : place(version);
            if (place < 0) {
                tooNew = hasBegunAfterRelease ? version : tooNew;
                return;
            }
            next = place + 1;
            states[place] = state;
            if (State.DONE.word().equals(state)) {
                warnOfOtherCode(entries.get(place), fingerprint);
            }
        }

        /** {@return the index of a version, below 0 for one of another build} */
        private int place(long version) {
            int from = 0;
            int to = states.length - 1;
            while (from <= to) {
                int middle = (from + to) >>> 1;
                long there = entries.get(middle).version();
                if (there == version) {
                    return middle;
                }
                if (there < version) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return -1;
        }

        Finding finding(Mode mode) {
            Set<Long> held = new HashSet<>();
            for (int place = 0; place < states.length; place++) {
                String state = states[place];
                if (State.DONE.word().equals(state)) {
                    continue;
                }
                MigrationEntry entry = entries.get(place);
                if (!State.CREATED.word().equals(state) || !Order.isLeftForLater(entry, mode, held)) {
                    return Finding.WORK;
                }
                held.add(entry.version());
            }
            return held.isEmpty() ? Finding.DONE : Finding.HELD;
        }
    }

    /** A migration that's done doesn't run again. Whoever changed its code should know. */
    private static void warnOfOtherCode(MigrationEntry entry, @Nullable String fingerprint) {
        if (!entry.isSameCode(String.valueOf(fingerprint)) && !entry.isRetired()) {
            LOG.warn(
                    "{} is done, but with other code than this build has; it does not run again, so give the change its"
                            + " own version",
                    entry);
        }
    }

    /** Ends the transaction, if the pool's connections come without auto-commit, before the connection is given back. */
    private static void endTransaction(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException failure) {
            LOG.debug("the transaction that read the state could not be rolled back: {}", failure.toString());
        }
    }

    private void read(Connection connection, Comparison comparison) throws SQLException {
        DriverSql names = DriverSql.of(connection);
        String sql = "select " + names.quoted("version") + ", " + names.quoted("state") + ", "
                + names.quoted("fingerprint") + ", case when " + names.quoted("phase") + " = 'after_release' and "
                + names.quoted("started_at") + " is not null then 1 else 0 end from " + names.from(schema, table);
        try (Statement statement = connection.createStatement()) {
            // Fetch all rows at once. A driver that fetches in parts would send several statements.
            statement.setFetchSize(0);
            // A pool or a driver may limit rows, and a migration whose row isn't read would count as new.
            statement.setMaxRows(0);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    comparison.row(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getInt(4) == 1);
                }
            }
        }
    }
}
