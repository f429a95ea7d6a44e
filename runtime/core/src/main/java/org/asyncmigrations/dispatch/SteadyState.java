package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.database.Connections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one statement on the caller's thread: whether there is anything to do. Plain JDBC in auto-commit, so that a start with
 * nothing to do does not load jOOQ. Safe for threads.
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

    /** What the table says of a build. */
    enum Finding {
        /** All is done. */
        DONE,
        /** What is left waits for its release. */
        HELD,
        /** There is work. */
        WORK
    }

    /**
     * Asks.
     *
     * @throws SQLException when the database cannot be asked, or has no table of this shape
     */
    Finding ask(List<MigrationEntry> entries, Mode mode) throws SQLException {
        Map<Long, Row> rows = rows();
        Set<Long> held = new HashSet<>();
        boolean work = false;
        for (MigrationEntry entry : entries) {
            Row row = rows.get(entry.version());
            if (row != null && row.state().equals(State.DONE.word())) {
                warnOfOtherCode(entry, row);
            } else if (row != null && row.state().equals(State.CREATED.word()) && Order.isHeld(entry, mode, held)) {
                held.add(entry.version());
            } else {
                work = true;
            }
        }
        if (work) {
            return Finding.WORK;
        }
        return held.isEmpty() ? Finding.DONE : Finding.HELD;
    }

    /** What is done does not run again; whoever changed it should know. */
    private static void warnOfOtherCode(MigrationEntry entry, Row row) {
        if (!entry.isRetired() && !entry.isSameCode(row.fingerprint())) {
            LOG.warn(
                    "{} is done, by other code than this build has for it; it does not run again: give the change a"
                            + " version of its own",
                    entry);
        }
    }

    /** What is read of a migration. */
    private record Row(String state, String fingerprint) {}

    private Map<Long, Row> rows() throws SQLException {
        Connection connection = connections.acquire();
        try {
            return rows(connection);
        } finally {
            endTransaction(connection);
            connections.giveBack(connection);
        }
    }

    /** A pool whose connections come without auto-commit is not given one back in a transaction. */
    private static void endTransaction(Connection connection) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException failure) {
            LOG.debug("a reading of the state could not be ended: {}", failure.toString());
        }
    }

    private Map<Long, Row> rows(Connection connection) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        String name = schema.isEmpty() ? quoted(table, quote) : quoted(schema, quote) + "." + quoted(table, quote);
        String sql = "select " + quoted("version", quote) + ", " + quoted("state", quote) + ", "
                + quoted("fingerprint", quote) + " from " + name;
        Map<Long, Row> found = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            // Whole at once: a driver that fetches in parts would send more than one statement.
            statement.setFetchSize(0);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    found.put(
                            rows.getLong(1),
                            new Row(String.valueOf(rows.getString(2)), String.valueOf(rows.getString(3))));
                }
            }
        }
        return found;
    }

    private static String quoted(String name, String quote) {
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
