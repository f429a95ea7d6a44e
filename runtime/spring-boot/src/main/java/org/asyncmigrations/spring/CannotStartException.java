package org.asyncmigrations.spring;

import org.jspecify.annotations.Nullable;

/** Why the application can't start. The message says what is wrong, and the action says what to do. */
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
