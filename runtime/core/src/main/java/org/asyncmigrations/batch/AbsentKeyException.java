package org.asyncmigrations.batch;

/**
 * A table or a column that doesn't exist, or that this user may not see. The release that creates it, or the grant, may come
 * minutes later, so this counts as a failed attempt and is retried.
 */
final class AbsentKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbsentKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
