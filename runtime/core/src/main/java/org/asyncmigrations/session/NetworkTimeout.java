package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a connection waits for an answer of its server, so that a vanished server blocks no one. Drivers set it without a round
 * trip; with a driver that doesn't support it, nothing changes. Used by one thread.
 */
public final class NetworkTimeout {
    /** A server that is silent for this long, beyond the time that its statements may take, is gone. */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(NetworkTimeout.class);

    private static final int UNKNOWN = -1;

    private final Connection connection;
    private final int before;

    private NetworkTimeout(Connection connection, int before) {
        this.connection = connection;
        this.before = before;
    }

    /**
     * A connection's current network timeout.
     *
     * @param connection the connection
     * @return its network timeout
     */
    public static NetworkTimeout of(Connection connection) {
        try {
            return new NetworkTimeout(connection, connection.getNetworkTimeout());
        } catch (SQLException | RuntimeException | LinkageError unsupported) {
            LOG.debug("the driver does not support a network timeout: {}", unsupported.toString());
            return new NetworkTimeout(connection, UNKNOWN);
        }
    }

    /**
     * Sets the timeout to {@link #SILENCE} beyond the time that statements may take. A shorter one, set by the pool or the URL,
     * stays.
     *
     * @param statements how long a statement may take; zero for unlimited, which restores the original timeout
     */
    public void allow(Duration statements) {
        if (before == UNKNOWN) {
            return;
        }
        long millis = statements.plus(SILENCE).toMillis();
        boolean isShorter = !statements.isZero() && (before == 0 || millis < before);
        try {
            set(isShorter ? (int) Math.min(Integer.MAX_VALUE, millis) : before);
        } catch (SQLException | RuntimeException | LinkageError unsupported) {
            LOG.debug("the network timeout could not be changed: {}", unsupported.toString());
        }
    }

    /** Sets the timeout for one statement that takes no time. */
    public void allowOne() {
        allow(Duration.ofMillis(1));
    }

    /**
     * Restores the original timeout.
     *
     * @throws SQLException if the timeout can't be restored
     */
    public void restore() throws SQLException {
        if (before != UNKNOWN) {
            set(before);
        }
    }

    private void set(int millis) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, millis);
    }
}
