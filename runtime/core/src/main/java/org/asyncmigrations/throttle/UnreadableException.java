package org.asyncmigrations.throttle;

/** Says that this database does not tell what a throttle wants to know, which does not pass by itself. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String reason) {
        super(reason);
    }
}
