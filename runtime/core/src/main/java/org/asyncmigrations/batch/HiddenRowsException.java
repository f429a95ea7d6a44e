package org.asyncmigrations.batch;

import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.NotRetried;

/** A query for a batch's rows left out rows that exist. They would stay unchanged while the walk moves on. */
final class HiddenRowsException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    HiddenRowsException(KeySpace space, int read, Key unread) {
        super("a batch of " + space.table() + " was only partly read: " + read
                + " rows were returned, without the one with key "
                + space.write(unread)
                + ", which is in the batch. Something hides rows from this connection; look for a row limit"
                + " (Statement.setMaxRows in a pool, maxRows in the JDBC URL, a rule of a proxy), and remove it from"
                + " the migrations' connections; then call retry() to continue from here");
    }
}
