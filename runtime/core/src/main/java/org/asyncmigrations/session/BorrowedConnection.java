package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import org.asyncmigrations.product.Product;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection from the application's pool. Makes it writable and transactional, and gives it back in its original state; if
 * something went wrong with it, it is aborted. Used by one thread.
 */
final class BorrowedConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BorrowedConnection.class);

    private final Connection connection;
    private final Connections connections;
    private final Product product;
    private final NetworkTimeout network;
    private final boolean autoCommit;
    private final boolean readOnly;
    private boolean broken;

    BorrowedConnection(Connection connection, NetworkTimeout network, Connections connections, Product product)
            throws SQLException {
        this.connection = connection;
        this.network = network;
        this.connections = connections;
        this.product = product;
        this.autoCommit = connection.getAutoCommit();
        this.readOnly = connection.isReadOnly();
        if (readOnly) {
            connection.setReadOnly(false);
        }
        if (autoCommit) {
            connection.setAutoCommit(false);
        }
    }

    Connection connection() {
        return connection;
    }

    /** {@return the connection's network timeout} */
    NetworkTimeout network() {
        return network;
    }

    /** The connection must not be used again, since the state of its session is unknown. */
    void markBroken() {
        broken = true;
    }

    /** {@return whether the connection must not or can't be used again} */
    boolean isBroken() {
        try {
            return broken || connection.isClosed();
        } catch (SQLException failure) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            if (!broken) {
                restore();
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("a connection's settings could not be restored, so it is closed: {}", failure.toString());
            broken = true;
        }
        if (broken) {
            abort();
        }
        connections.giveBack(connection);
    }

    /** Ends the session at once. The pool finds the connection closed and drops it. */
    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("a connection could not be aborted: {}", failure.toString());
        }
    }

    private void restore() throws SQLException {
        connection.rollback();
        product.restore(connection);
        if (autoCommit) {
            connection.setAutoCommit(true);
        }
        if (readOnly) {
            connection.setReadOnly(true);
        }
        network.restore();
    }
}
