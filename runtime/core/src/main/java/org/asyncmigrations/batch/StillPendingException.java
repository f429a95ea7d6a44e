package org.asyncmigrations.batch;

import org.asyncmigrations.product.NotRetried;

/** {@code migrate()} has left a row pending that it had to change. */
final class StillPendingException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    StillPendingException() {
        super(RejectFinder.STILL_PENDING);
    }
}
