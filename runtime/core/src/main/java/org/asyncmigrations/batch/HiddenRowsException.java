package org.asyncmigrations.batch;

import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.NotRetried;

/** A reading of a batch has left rows out that are there: they would stay as they are, and the walk would go on behind them. */
final class HiddenRowsException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    HiddenRowsException(KeySpace space, int read, Key unread) {
        super("a batch of " + space.table() + " was read only in part: " + read
                + " rows came, and not the one with key "
                + space.write(unread)
                + ", which is in the batch. Something hides rows from this connection; look for a row"
                + " limit (Statement.setMaxRows in a pool, maxRows in the JDBC URL, a rule of a proxy), and take it off"
                + " the migrations' connections; then retry() goes on from here");
    }
}
