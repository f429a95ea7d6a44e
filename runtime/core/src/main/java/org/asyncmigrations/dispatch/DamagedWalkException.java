package org.asyncmigrations.dispatch;

import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.product.NotRetried;

/** Somebody has changed the state tables, so they no longer tell which of the user's rows are done. */
final class DamagedWalkException extends MigrationException implements NotRetried {
    private static final long serialVersionUID = 1L;

    DamagedWalkException(MigrationEntry entry, String what) {
        super(
                entry.version(),
                entry + ": " + what
                        + ". Without pending(), nothing tells which rows have been changed. Restore the old value and"
                        + " call retry(); or set the migration's state to created to start it again, with all rows; or"
                        + " change the rows yourself and call skip()",
                null);
    }
}
