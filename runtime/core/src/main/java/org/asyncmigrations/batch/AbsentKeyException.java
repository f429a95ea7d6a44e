package org.asyncmigrations.batch;

/**
 * A table or a column that the database does not have, or not for this user. It may come: a release that creates it, or a right that
 * is granted, may be minutes behind. So it is tried again within the attempts.
 */
final class AbsentKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbsentKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
