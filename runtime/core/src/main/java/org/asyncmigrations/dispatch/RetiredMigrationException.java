package org.asyncmigrations.dispatch;

import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.product.NotRetried;

/** A migration whose code this build no longer has was never run in this database. */
final class RetiredMigrationException extends MigrationException implements NotRetried {
    private static final long serialVersionUID = 1L;

    RetiredMigrationException(MigrationEntry entry) {
        super(entry.version(), text(entry), null);
    }

    static String text(MigrationEntry entry) {
        String version = MigrationEntry.written(entry.version());
        return "migration " + version + " (" + entry.name() + ") was retired and has never been run in this database;"
                + " deploy release " + entry.release() + ", let it finish, and deploy this build again; if the database"
                + " is new and has no old data, skip it: migration(" + version + "L).skip(reason), or"
                + " assumeNewDatabase() before its first dispatch";
    }
}
