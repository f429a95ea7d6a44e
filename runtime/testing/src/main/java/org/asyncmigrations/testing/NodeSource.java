package org.asyncmigrations.testing;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database as one node sees it. It reports the points that the node's thread passes, and cuts the node off when it is killed.
 * Thread-safe.
 */
final class NodeSource implements DataSource {
    private final Pool pool;
    private final Points points;
    private final @Nullable Zone zone;
    private final Thread stepper = Thread.currentThread();
    private final List<NodeConnection> open = new ArrayList<>();
    private volatile boolean dead;
    private volatile boolean buried;
    private volatile int ownConnections;

    /** @param zone the time zone of its sessions, null for the database's own */
    NodeSource(Pool pool, Points points, @Nullable Zone zone) {
        this.pool = pool;
        this.points = points;
        this.zone = zone;
    }

    @Override
    public Connection getConnection() throws SQLException {
        requireAlive();
        Connection raw = pool.take();
        if (zone != null) {
            zone.enter(raw);
        }
        NodeConnection connection = new NodeConnection(this, raw, isSecond());
        synchronized (this) {
            open.add(connection);
        }
        return connection.proxy();
    }

    /** The runtime never has two connections on one thread, so the migration itself has opened a second one. */
    private synchronized boolean isSecond() {
        boolean second = open.stream().anyMatch(NodeConnection::isOfThisThread);
        ownConnections += second ? 1 : 0;
        return second;
    }

    /** {@return how many connections the migration itself has opened} */
    int ownConnections() {
        return ownConnections;
    }

    void before(Point point) {
        if (Thread.currentThread() == stepper) {
            points.before(point);
        }
    }

    void after(Point point) {
        if (Thread.currentThread() == stepper) {
            points.after(point);
        }
    }

    void requireAlive() throws SQLException {
        if (buried) {
            throw new SQLNonTransientConnectionException("the test kit has killed this node", "08006");
        }
        if (dead) {
            throw new Cut();
        }
    }

    boolean isDead() {
        return dead;
    }

    /** Ends the node like the loss of its process: what isn't committed is rolled back. */
    void kill() {
        dead = true;
        endAll();
    }

    /** From now on, code that closes the node gets the exception of a lost connection. */
    void bury() {
        buried = true;
        endAll();
    }

    /** Ends the node from outside, whatever its thread is doing; it stops waiting for the server. */
    void cutOff() {
        dead = true;
        buried = true;
        abort();
    }

    private void endAll() {
        List<NodeConnection> left;
        synchronized (this) {
            left = List.copyOf(open);
        }
        left.forEach(NodeConnection::end);
    }

    private synchronized void abort() {
        open.forEach(NodeConnection::abort);
    }

    void release(NodeConnection connection, Connection raw) throws SQLException {
        synchronized (this) {
            open.remove(connection);
        }
        if (zone != null && !raw.isClosed()) {
            if (!raw.getAutoCommit()) {
                raw.rollback();
            }
            Zone.leave(raw);
        }
        pool.giveBack(raw);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("a test's connections are of one user");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The user's data source has its own.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The user's data source has its own.
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
        throw new SQLException("no " + type.getName() + " here; a test's connections are watched");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
