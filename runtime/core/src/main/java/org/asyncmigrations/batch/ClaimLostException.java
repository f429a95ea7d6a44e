package org.asyncmigrations.batch;

/** The fence failed: the range belongs to another worker, or the migration was paused, skipped or retried. */
final class ClaimLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimLostException() {
        super("the claim no longer holds", null, false, false);
    }
}
