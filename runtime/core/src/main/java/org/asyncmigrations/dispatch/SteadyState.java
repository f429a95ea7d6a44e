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

/**
 * The one statement on the caller's thread: whether there is anything to do. Plain JDBC in auto-commit, so that a start with
 * nothing to do does not load jOOQ. Safe for threads.
 */
final class SteadyState {
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
        Map<Long, String> states = states();
        Set<Long> held = new HashSet<>();
        for (MigrationEntry entry : entries) {
            String state = states.get(entry.version());
            if (State.DONE.word().equals(state)) {
                continue;
            }
            if (!State.CREATED.word().equals(state) || !Order.isHeld(entry, mode, held)) {
                return Finding.WORK;
            }
            held.add(entry.version());
        }
        return held.isEmpty() ? Finding.DONE : Finding.HELD;
    }

    private Map<Long, String> states() throws SQLException {
        Connection connection = connections.acquire();
        try {
            boolean inTransaction = !connection.getAutoCommit();
            Map<Long, String> states = states(connection);
            if (inTransaction) {
                connection.rollback();
            }
            return states;
        } finally {
            connections.giveBack(connection);
        }
    }

    private Map<Long, String> states(Connection connection) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        String name = schema.isEmpty() ? quoted(table, quote) : quoted(schema, quote) + "." + quoted(table, quote);
        String sql = "select " + quoted("version", quote) + ", " + quoted("state", quote) + " from " + name;
        Map<Long, String> states = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            // Whole at once: a driver that fetches in parts would send more than one statement.
            statement.setFetchSize(0);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    states.put(rows.getLong(1), String.valueOf(rows.getString(2)));
                }
            }
        }
        return states;
    }

    private static String quoted(String name, String quote) {
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
