package org.asyncmigrations.dispatch;

/** A migration in auto-commit has failed. What it did stays done, so each failure counts as a failed attempt. */
final class AutoCommittedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AutoCommittedException(Throwable cause) {
        super("failed in auto-commit; what was done before stays done: " + cause.getMessage(), cause);
    }
}
