package org.asyncmigrations.testing.product;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.asyncmigrations.product.Product;
import org.jooq.tools.jdbc.DefaultConnection;

/**
 * Connections of the user's data source in one of the suite's schemas. They are returned in the schema that they came in. Those
 * that a fact has left open are ended after it. Thread-safe.
 */
final class SuiteSource implements DataSource {
    private final DataSource users;
    private final boolean hasCatalogs;
    private final String schema;
    private final Deque<Connection> open = new ArrayDeque<>();

    SuiteSource(DataSource users, Product product, String schema) {
        this.users = users;
        this.hasCatalogs = product.quote().equals("`");
        this.schema = schema;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return placed(users.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return placed(users.getConnection(user, password));
    }

    private Connection placed(Connection connection) throws SQLException {
        synchronized (open) {
            open.add(connection);
        }
        String before = in(connection);
        place(connection, schema);
        return new DefaultConnection(connection) {
            @Override
            public void close() throws SQLException {
                synchronized (open) {
                    open.remove(connection);
                }
                if (!connection.isClosed() && !before.isEmpty()) {
                    if (!connection.getAutoCommit()) {
                        connection.rollback();
                        connection.setAutoCommit(true);
                    }
                    place(connection, before);
                }
                connection.close();
            }
        };
    }

    private String in(Connection connection) throws SQLException {
        String in = hasCatalogs ? connection.getCatalog() : connection.getSchema();
        return in == null ? "" : in;
    }

    private void place(Connection connection, String in) throws SQLException {
        if (hasCatalogs) {
            connection.setCatalog(in);
        } else {
            connection.setSchema(in);
        }
    }

    /** Ends what wasn't returned: its session may be in a transaction, or in a statement that waits. */
    void endAll() throws SQLException {
        Deque<Connection> left;
        synchronized (open) {
            left = new ArrayDeque<>(open);
            open.clear();
        }
        for (Connection connection : left) {
            connection.abort(Runnable::run);
            connection.close();
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return users.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return users.isWrapperFor(type);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return users.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        users.setLogWriter(out);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return users.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        users.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return users.getParentLogger();
    }
}
