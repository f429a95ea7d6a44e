package org.asyncmigrations.batch;

import org.asyncmigrations.product.NotRetried;

/**
 * A key by which a table can't be walked, or a table that can't be walked at all. The message says why, and what to do. Another
 * attempt would not help.
 */
final class IllegalKeyException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    IllegalKeyException(String message) {
        super(message);
    }

    IllegalKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
