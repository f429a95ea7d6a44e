package org.asyncmigrations.spring;

import org.jspecify.annotations.Nullable;

/** A reason why the application cannot start; the message says what, and the action what to do. */
final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    CannotStartException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
