package org.asyncmigrations.throttle;

/** Says that this database doesn't report the value that a throttle needs, and won't later. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String reason) {
        super(reason);
    }
}
