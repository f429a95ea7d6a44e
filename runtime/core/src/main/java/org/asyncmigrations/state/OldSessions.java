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
 * Ends database sessions of workers that are frozen or cut off, including earlier ones of this instance, since they may still hold
 * locks. Thread-safe.
 */
public final class OldSessions {
    private static final Logger LOG = LoggerFactory.getLogger(OldSessions.class);

    /**
     * How long to ask the pool for another connection. What cut a worker off may have cut off the pool's idle connections too;
     * these fail at once, one by one. It doesn't wait for a server that is down.
     */
    private static final Duration DEAD_CONNECTIONS = Duration.ofSeconds(1);

    private final StateStore store;
    private final AtomicBoolean refusalTold = new AtomicBoolean();

    /**
     * The sessions of one database.
     *
     * @param store the state tables
     */
    public OldSessions(StateStore store) {
        this.store = store;
    }

    /**
     * Ends the session of a claim that no longer holds, or an own session whose connection was lost.
     *
     * @param owner who held the claim, null for none
     * @return whether the session is known to be gone
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

    /** If a session can't be ended, its locks remain until its timeouts. The fence keeps it from committing in any case. */
    private void tell(String owner, Exception failure) {
        SQLException refusal = Trouble.refusal(failure);
        if (refusal != null && refusalTold.compareAndSet(false, true)) {
            LOG.warn(
                    "the session of a dead worker could not be ended: {}; its locks are waited for, now and in later"
                            + " cases (let all instances use the same database user, or grant pg_signal_backend, on"
                            + " MariaDB CONNECTION ADMIN)",
                    refusal.getMessage());
        } else {
            LOG.debug("the session of {} could not be ended: {}", owner, failure.toString());
        }
    }
}
