package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;

/**
 * How long a statement of the user's code may wait for a lock: the more work a rollback would undo, the longer. A batch is small
 * and gives way at once; half an hour's work waits for minutes. Used by one thread.
 */
final class LockPatience {
    /** A statement may wait for a tenth of the time worked so far. Whoever waits for our locks waits at most this much longer. */
    private static final int PART = 10;

    private final Limits limits;
    private final long began = System.nanoTime();
    private Duration onServer;

    LockPatience(Limits limits) {
        this.limits = limits;
        this.onServer = limits.lockTimeout();
    }

    /** {@return how long a statement that begins now may wait for a lock} */
    Duration now() {
        Duration part = Duration.ofNanos(System.nanoTime() - began).dividedBy(PART);
        return part.compareTo(limits.lockTimeout()) > 0 ? part : limits.lockTimeout();
    }

    /**
     * Raises the lock timeout on the server, if the server measures it. This costs a round trip, so it is done only when the
     * timeout has doubled.
     */
    void raise(Connection connection, Product product) throws SQLException {
        Duration now = now();
        if (now.compareTo(onServer.multipliedBy(2)) >= 0) {
            product.raiseLockTimeout(connection, now);
            onServer = now;
        }
    }
}
