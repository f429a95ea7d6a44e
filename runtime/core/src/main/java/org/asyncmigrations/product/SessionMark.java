package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What shows a successor which server session works under a claim, for longer than a transaction; taken away before the
 * connection goes back to its pool. It only tells whom to end: nothing is kept apart by it, and nothing waits for it but who
 * ends a session. What keeps two workers apart is the fence, on the rows themselves.
 *
 * <p>On MariaDB and MySQL it is a lock of GET_LOCK by the claim's name, which nobody else asks for. The server itself knows who
 * holds it, and frees it when that session has ended, after what it left open was rolled back: so no number is written down
 * that could be another session's by the time it is used, or another server's of the same cluster, and whoever gets the lock
 * knows that the session is gone. A session's number in the claim's row (CONNECTION_ID()) would be none of that, and cost a
 * write for each session.
 *
 * <p>A pooler that lends sessions for single transactions has to know such locks, as ProxySQL does, which then keeps the session
 * for its client. One that does not may have lent the session to somebody else when a successor ends it: that client's
 * transaction is rolled back and its connection lost, once a takeover, and the dead worker's locks stay until their own end.
 * Where the lock cannot be had or is refused, sessions are not ended, and are waited for.
 *
 * <p>On PostgreSQL, where a transaction names its session itself, it is for auto-commit alone: the
 * settings of a transaction, for the session. Behind such a pooler statements in auto-commit run on any session, and the settings
 * may stay on one of them until it is closed: {@code transactional = false} wants a direct connection. Used by one thread.
 */
public final class SessionMark {
    private final String name;
    private final Removal removal;

    SessionMark(String name, Removal removal) {
        this.name = name;
        this.removal = removal;
    }

    /** Takes a mark away. */
    @FunctionalInterface
    interface Removal {
        void from(Connection connection) throws SQLException;
    }

    /**
     * Whether the session is marked for these limits already.
     *
     * @param limits the limits
     * @return true if their claim is the same
     */
    public boolean isOf(Limits limits) {
        return name.equals(limits.sessionName());
    }

    /**
     * Takes it away, with no transaction open; when this throws, the session must not be used again.
     *
     * @param connection the marked session's
     * @throws SQLException when the server refuses
     */
    public void remove(Connection connection) throws SQLException {
        removal.from(connection);
    }
}
