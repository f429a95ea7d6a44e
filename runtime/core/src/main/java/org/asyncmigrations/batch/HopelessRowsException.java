package org.asyncmigrations.batch;

import org.asyncmigrations.product.NotRetried;
import org.asyncmigrations.state.Reject;

/** One row after another can't be changed, so the rows aren't the cause. */
final class HopelessRowsException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    HopelessRowsException(int rows, Reject last, Throwable cause) {
        super(
                rows + " rows in a row could not be changed, the last with key " + last.key() + ": "
                        + last.error().lines().findFirst().orElse("")
                        + "; fix migrate() (or set(…) of a SqlBackfill), or exclude such rows in pending()",
                cause);
    }
}
