package org.asyncmigrations.batch;

import org.asyncmigrations.product.NotRetried;

/** A key that a table cannot be walked by, or a table that cannot be walked at all; the message says why, and what to do. Trying again would not help. */
final class IllegalKeyException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    IllegalKeyException(String message) {
        super(message);
    }

    IllegalKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
