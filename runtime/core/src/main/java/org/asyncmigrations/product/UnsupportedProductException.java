package org.asyncmigrations.product;

import org.asyncmigrations.MigrationException;

/** The database is of a product that is not supported. */
public final class UnsupportedProductException extends MigrationException implements NotRetried {
    private static final long serialVersionUID = 1L;

    /**
     * A database that is not supported.
     *
     * @param message what it is, and what to do
     */
    public UnsupportedProductException(String message) {
        super(0, message, null);
    }
}
