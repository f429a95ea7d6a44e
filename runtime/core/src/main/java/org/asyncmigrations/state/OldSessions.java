package org.asyncmigrations.state;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the server's sessions of workers that are frozen or cut off, this one's own earlier ones included: they may still hold
 * locks. Thread-safe.
 */
public final class OldSessions {
    private static final Logger LOG = LoggerFactory.getLogger(OldSessions.class);

    /**
     * So long the pool is asked for another connection: what cut a worker off may have cut off what the pool has at rest, which then
     * fails at once, one by one. A server that is not there is not waited for.
     */
    private static final Duration DEAD_CONNECTIONS = Duration.ofSeconds(1);

    private final StateStore store;
    private final AtomicBoolean refusalTold = new AtomicBoolean();

    /**
     * The sessions of one database.
     *
     * @param store where the claims are
     */
    public OldSessions(StateStore store) {
        this.store = store;
    }

    /**
     * Ends the session of a claim that does not hold any more, or of one's own that has lost its connection.
     *
     * @param owner who had it, null for nobody
     * @return whether it is known that there is none any more
     */
    public boolean end(@Nullable String owner) {
        if (owner == null) {
            return true;
        }
        long until = System.nanoTime() + DEAD_CONNECTIONS.toNanos();
        while (true) {
            try (Session session = store.connections().borrow()) {
                return session.endSession(Claim.sessionName(owner));
            } catch (SQLException | DataAccessException failure) {
                if (Trouble.of(failure) != Trouble.CONNECTION || System.nanoTime() - until > 0) {
                    tell(owner, failure);
                    return false;
                }
            }
        }
    }

    /** The locks of a session that could not be ended end with its own time-outs; the fence holds it off in any case. */
    private void tell(String owner, Exception failure) {
        SQLException refusal = Trouble.refusal(failure);
        if (refusal != null && refusalTold.compareAndSet(false, true)) {
            LOG.warn(
                    "the session of a worker that is gone could not be ended: {}; its locks are waited for, here and in"
                            + " later cases (let all instances use one database user, or grant pg_signal_backend,"
                            + " on MariaDB CONNECTION ADMIN)",
                    refusal.getMessage());
        } else {
            LOG.debug("the session of {} could not be ended: {}", owner, failure.toString());
        }
    }
}
