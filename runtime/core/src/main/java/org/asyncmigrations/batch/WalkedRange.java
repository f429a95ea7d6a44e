package org.asyncmigrations.batch;

import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.RangeRow;

/**
 * A range that a worker has claimed, and the work to do there. Immutable and thread-safe.
 *
 * @param migration the user's code
 * @param entry this build's migration
 * @param row the migration's row as read before the claim
 * @param range the range as claimed
 * @param claim the claim on it
 */
public record WalkedRange(
        BatchMigration migration, MigrationEntry entry, MigrationRow row, RangeRow range, Claim claim) {
    /** {@return whether this pass verifies that nothing is pending} */
    boolean isVerifying() {
        return row.walk().pass() > 1;
    }

    /** {@return what the walk is for, for people} */
    BatchEvent.Purpose purpose() {
        if (entry.version() < 0) {
            return BatchEvent.Purpose.SEAL;
        }
        return isVerifying() ? BatchEvent.Purpose.VERIFY : BatchEvent.Purpose.MIGRATE;
    }

    /** {@return the same claim on the range as it is now} */
    WalkedRange at(RangeRow now) {
        return new WalkedRange(migration, entry, row, now, claim);
    }

    /** {@return the range's name in messages} */
    String name() {
        return entry + ", range " + range.number();
    }
}
