package org.asyncmigrations.dispatch;

import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.MigrationRow;

/**
 * A migration that this worker has claimed, all of it. Immutable, and so safe for threads.
 *
 * @param entry what the build says of it
 * @param row its row as read before the claim
 * @param claim the claim
 */
record Claimed(MigrationEntry entry, MigrationRow row, Claim claim) {
    /** {@return which attempt this is, from 1} */
    int attempt() {
        return row.attempts() + 1;
    }
}
