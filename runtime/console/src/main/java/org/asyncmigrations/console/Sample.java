package org.asyncmigrations.console;

import java.time.Instant;
import org.asyncmigrations.MigrationStatus;

/**
 * How fast a migration was worked on at a moment.
 *
 * @param at when
 * @param rate keys in a second; 0 if nobody walks
 * @param batchSize keys of a batch; 0 if nobody walks
 * @param rests whether it was paused, or a throttle or a lock held it
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
