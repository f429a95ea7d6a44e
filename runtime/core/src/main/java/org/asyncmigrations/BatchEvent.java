package org.asyncmigrations;

import java.time.Duration;

/**
 * A batch that has committed, with everything that metrics need. The worker's own clock measures the times. Immutable and
 * thread-safe.
 *
 * @param version the migration whose table is walked, also if the walk seals it
 * @param name the migration's class, with its package
 * @param purpose what the walk is for
 * @param range the number of the range within the walk
 * @param rows rows that the batch changed, as counted by the database
 * @param keys keys that the worker has walked since its previous batch: more than {@code rows} if some weren't pending, 0 for none
 * @param rejects rows that were set aside
 * @param took how long the transaction took, from BEGIN to the return of COMMIT, plus the sections before it that were only
 *     searched for pending rows
 * @param rested the time between the end of the worker's previous batch and the start of this one: pauses, back-offs, attempts that
 *     were rolled back. Zero for its first batch, and after a minute without one
 * @param throttled the part of {@code rested} that was due to a throttle
 */
public record BatchEvent(
        long version,
        String name,
        Purpose purpose,
        long range,
        long rows,
        long keys,
        int rejects,
        Duration took,
        Duration rested,
        Duration throttled) {
    /** What a walk is for. */
    public enum Purpose {
        /** Changes the rows. */
        MIGRATE,
        /** Looks for rows that are still pending, in another pass over the table. */
        VERIFY,
        /** Changes rows that old instances wrote late, before an after-release migration begins. */
        SEAL
    }
}
