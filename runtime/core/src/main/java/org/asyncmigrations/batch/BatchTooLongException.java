package org.asyncmigrations.batch;

/**
 * A batch has run for too long and can't end at an earlier row, because its other statements have changed all of its rows. A
 * smaller batch follows.
 */
final class BatchTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BatchTooLongException() {
        super("the batch takes too long; trying again with fewer rows");
    }

    /** {@return whether a failure is this one or was caused by it; the user's code may have wrapped it} */
    static boolean isIn(Throwable failure) {
        Throwable cause = failure;
        // Causes may form a ring.
        for (int depth = 0; cause != null && depth < 50; depth++) {
            if (cause instanceof BatchTooLongException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
