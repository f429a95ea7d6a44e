package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a connection waits for its server to say something, so that a server that is gone without a word holds nobody. Drivers
 * set it without a round trip; one that knows no such time waits as long as it did. Used by one thread.
 */
public final class NetworkTimeout {
    /** A server that says nothing for so long, beyond what its statements may take, is gone. */
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
     * The time of a connection, as it is set.
     *
     * @param connection the connection
     * @return its time
     */
    public static NetworkTimeout of(Connection connection) {
        try {
            return new NetworkTimeout(connection, connection.getNetworkTimeout());
        } catch (SQLException | RuntimeException | LinkageError unsupported) {
            LOG.debug("no network timeout: {}", unsupported.toString());
            return new NetworkTimeout(connection, UNKNOWN);
        }
    }

    /**
     * Waits longer than statements may take. A shorter time, which the pool or the URL has set, stays.
     *
     * @param statements how long a statement may take; zero for any time, and then it is as it was before
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
            LOG.debug("the network timeout stays: {}", unsupported.toString());
        }
    }

    /** Waits for one answer, of a statement that takes no time. */
    public void allowOne() {
        allow(Duration.ofMillis(1));
    }

    /**
     * Sets the time as it was before.
     *
     * @throws SQLException when the connection is not what it was
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
