package org.asyncmigrations.batch;

import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, within a batch's transaction, whether anyone waits for a lock that it holds. A server that has never answered isn't
 * asked again. Thread-safe.
 */
final class Waiters {
    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    private volatile boolean told;
    private volatile boolean untold;

    /** {@return whether someone waits; if the server refuses the answer: false if it has never answered, true if it has} */
    boolean exist(Session session) {
        if (untold) {
            return false;
        }
        Product product = session.product();
        try {
            boolean found = product.isWaitedFor(session.dsl());
            told = true;
            return found;
        } catch (DataAccessException failure) {
            if (Trouble.of(failure) != Trouble.ATTEMPT || product.failsWholeTransaction()) {
                throw failure;
            }
            if (told) {
                LOG.debug("cannot find out whether others wait for a batch's locks; assuming that they do", failure);
                return true;
            }
            untold = true;
            String right = product.rightToSeeWaiters();
            LOG.info(
                    "cannot find out whether others wait for a batch's locks; not asking again: {}{}",
                    Trouble.words(failure),
                    right.isEmpty() ? "" : "; the database user needs the privilege " + right);
            return false;
        }
    }
}
