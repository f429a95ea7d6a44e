package org.asyncmigrations.dispatch;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;
import org.jooq.tools.jdbc.DefaultStatement;

/** A data source that counts statements, connections, and other calls that reach a server. */
class StatementCounter implements DataSource {
    private final DataSource delegate;
    final AtomicInteger statements = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger transactions = new AtomicInteger();

    private final Thread counted;

    StatementCounter(DataSource delegate) {
        this(delegate, null);
    }

    private StatementCounter(DataSource delegate, Thread counted) {
        this.delegate = delegate;
        this.counted = counted;
    }

    /** {@return one that counts what this thread sends, and not what runs in the background} */
    static StatementCounter ofThisThread(DataSource delegate) {
        return new StatementCounter(delegate, Thread.currentThread());
    }

    private void count(AtomicInteger what) {
        if (counted == null || counted == Thread.currentThread()) {
            what.incrementAndGet();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        count(connections);
        return new Counted(delegate.getConnection());
    }

    private class Counted extends DefaultConnection {
        Counted(Connection connection) {
            super(connection);
        }

        @Override
        public Statement createStatement() throws SQLException {
            return new DefaultStatement(super.createStatement()) {
                @Override
                public ResultSet executeQuery(String sql) throws SQLException {
                    count(statements);
                    return super.executeQuery(sql);
                }

                @Override
                public boolean execute(String sql) throws SQLException {
                    count(statements);
                    return super.execute(sql);
                }

                @Override
                public int executeUpdate(String sql) throws SQLException {
                    count(statements);
                    return super.executeUpdate(sql);
                }
            };
        }

        @Override
        public PreparedStatement prepareStatement(String sql) throws SQLException {
            count(statements);
            return new DefaultPreparedStatement(super.prepareStatement(sql));
        }

        @Override
        public void setAutoCommit(boolean autoCommit) throws SQLException {
            count(transactions);
            super.setAutoCommit(autoCommit);
        }

        @Override
        public void commit() throws SQLException {
            count(transactions);
            super.commit();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // Nothing is logged.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The delegate's setting applies.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return delegate.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return delegate.isWrapperFor(type);
    }
}
