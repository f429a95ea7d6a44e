package org.asyncmigrations.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;

/**
 * Keeps connections of the user's data source open for reuse: nodes take one for each transaction, and many test data sources
 * connect each time. Holds at most as many as were in use at once. Thread-safe.
 */
final class Pool implements AutoCloseable {
    private final DataSource source;
    private final Deque<Connection> idle = new ArrayDeque<>();

    Pool(DataSource source) {
        this.source = source;
    }

    Connection take() throws SQLException {
        Connection kept = poll();
        while (kept != null && kept.isClosed()) {
            kept = poll();
        }
        return kept != null ? kept : source.getConnection();
    }

    private synchronized Connection poll() {
        return idle.poll();
    }

    /** Takes a connection back, with no open transaction. */
    void giveBack(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        synchronized (this) {
            idle.push(connection);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection kept = poll(); kept != null; kept = poll()) {
            kept.close();
        }
    }
}
