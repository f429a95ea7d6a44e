package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import org.asyncmigrations.product.Product;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of somebody else's pool: remembers how it came, makes it writable and transactional, and gives it back as it
 * was, or broken, when something went wrong with it. Used by one thread.
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

    /** {@return how long it waits for its server} */
    NetworkTimeout network() {
        return network;
    }

    /** Says that the connection must not be used again: nobody knows what its session still holds. */
    void markBroken() {
        broken = true;
    }

    /** {@return whether it must not be used again, or cannot be} */
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
            LOG.debug("a connection could not be given back as it came: {}", failure.toString());
            broken = true;
        }
        if (broken) {
            abort();
        }
        connections.giveBack(connection);
    }

    /** Ends the session at once; a pool finds the connection closed and drops it. */
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
