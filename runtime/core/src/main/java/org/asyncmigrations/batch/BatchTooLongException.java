package org.asyncmigrations.batch;

/** A batch has run for too long, and cannot end at an earlier row: its other statements have changed all of its rows. A smaller one follows. */
final class BatchTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BatchTooLongException() {
        super("the batch takes too long, and is tried again with fewer rows");
    }

    /** {@return whether that is, or comes from, a batch that takes too long; the user's code may have wrapped it} */
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
