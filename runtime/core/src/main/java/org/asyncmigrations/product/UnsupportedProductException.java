package org.asyncmigrations.product;

import org.asyncmigrations.MigrationException;

/** The database product isn't supported. */
public final class UnsupportedProductException extends MigrationException implements NotRetried {
    private static final long serialVersionUID = 1L;

    /**
     * An unsupported database.
     *
     * @param message what it is, and what to do
     */
    public UnsupportedProductException(String message) {
        super(0, message, null);
    }
}
