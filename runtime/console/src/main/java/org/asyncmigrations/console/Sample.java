package org.asyncmigrations.console;

import java.time.Instant;
import org.asyncmigrations.MigrationStatus;

/**
 * The speed of a migration at a moment.
 *
 * @param at the moment
 * @param rate keys a second; 0 if no worker is at work
 * @param batchSize keys in a batch; 0 if no worker is at work
 * @param rests whether it was paused, or held by a throttle or a lock
 */
record Sample(Instant at, long rate, long batchSize, boolean rests) {
    static Sample of(Instant at, MigrationStatus migration) {
        MigrationStatus.Pace pace = migration.now().pace();
        return new Sample(
                at,
                pace.rate() == null ? 0 : pace.rate(),
                pace.batchSize() == null ? 0 : pace.batchSize(),
                migration.paused() || pace.throttled() != null || pace.lockedBy() != null);
    }
}
