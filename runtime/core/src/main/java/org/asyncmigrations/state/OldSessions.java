package org.asyncmigrations.state;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the server's sessions of workers that are frozen or cut off, this one's own earlier ones included: they may still hold
 * locks. Safe for threads.
 */
public final class OldSessions {
    private static final Logger LOG = LoggerFactory.getLogger(OldSessions.class);

    /** So many connections of a pool may turn out to be lost, one after the other. */
    private static final int DEAD_CONNECTIONS = 20;

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
        for (int dead = 0; ; dead++) {
            try (Session session = store.connections().borrow()) {
                try {
                    return session.endSession(Claim.sessionName(owner));
                } catch (SQLException | DataAccessException failure) {
                    // What cut the worker off may have cut off what the pool has at rest as well.
                    if (dead == DEAD_CONNECTIONS || Trouble.of(failure) != Trouble.CONNECTION) {
                        throw failure;
                    }
                }
            } catch (SQLException | DataAccessException failure) {
                tell(owner, failure);
                return false;
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
