package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Lets a successor find the server session that works under a claim, for longer than a transaction. It is removed before the
 * connection goes back to its pool. It only identifies the session to end; the fence, on the rows themselves, keeps two workers
 * apart.
 *
 * <p>On MariaDB and MySQL it is a GET_LOCK lock with the claim's name. Only the code that ends a session waits for it. The server
 * knows which session holds the lock, and frees it when that session has ended and its open work was rolled back. So whoever gets
 * the lock knows that the session is gone. A session number in the claim's row (CONNECTION_ID()) would be worse: by the time it is
 * used, it could belong to another session, or to another server of the same cluster, and it would cost a write for each session.
 *
 * <p>A pooler that lends sessions for single transactions must support such locks; ProxySQL does, and then reserves the session for
 * its client. Another pooler may have lent the session to someone else when a successor ends it. Then, once per takeover, that
 * client's transaction is rolled back and its connection lost, and the dead worker's locks remain until they time out. If the lock
 * isn't available or is refused, sessions aren't ended, and the successor waits for their locks.
 *
 * <p>On PostgreSQL a transaction names its own session, so the mark is only for auto-commit: it sets a transaction's settings for
 * the session. Behind such a pooler, statements in auto-commit run on any session, and the settings may stay on one of them until
 * it is closed. So {@code transactional = false} needs a direct connection. Used by one thread.
 */
public final class SessionMark {
    private final String name;
    private final Removal removal;

    SessionMark(String name, Removal removal) {
        this.name = name;
        this.removal = removal;
    }

    /** Removes a mark. */
    @FunctionalInterface
    interface Removal {
        void from(Connection connection) throws SQLException;
    }

    /**
     * Whether the session is already marked for these limits.
     *
     * @param limits the limits
     * @return true if their claim is the same
     */
    public boolean isOf(Limits limits) {
        return name.equals(limits.sessionName());
    }

    /**
     * Removes the mark, with no open transaction. If this throws, don't use the session again.
     *
     * @param connection the marked session's connection
     * @throws SQLException if the server refuses
     */
    public void remove(Connection connection) throws SQLException {
        removal.from(connection);
    }
}
