package org.asyncmigrations.batch;

/** The fence did not hold: the range is somebody else's, or the migration is paused, skipped or retried. */
final class ClaimLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimLostException() {
        super("the claim does not hold any more", null, false, false);
    }
}
