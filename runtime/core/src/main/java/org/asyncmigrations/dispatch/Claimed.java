package org.asyncmigrations.dispatch;

import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.MigrationRow;

/**
 * A whole migration that this worker has claimed. Immutable and thread-safe.
 *
 * @param entry the build's entry
 * @param row its row, as read before the claim
 * @param claim the claim
 */
record Claimed(MigrationEntry entry, MigrationRow row, Claim claim) {
    /** {@return the number of this attempt, from 1} */
    int attempt() {
        return row.attempts() + 1;
    }
}
