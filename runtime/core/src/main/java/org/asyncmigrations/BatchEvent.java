package org.asyncmigrations;

import java.time.Duration;

/**
 * A batch that has committed, with all that metrics need. Times are measured by the worker's own clock. Immutable, and so safe for
 * threads.
 *
 * @param version the migration whose table is walked; its own also for a walk that seals it
 * @param name the migration's class, with its package
 * @param purpose what the walk is for
 * @param range the number of the range within the walk
 * @param rows rows that the batch changed, as the database counted them
 * @param keys keys that were walked since the worker's batch before; more than {@code rows} if not all were pending, and 0 for none
 * @param rejects rows that were set aside
 * @param took how long its transaction took, from BEGIN to the return of COMMIT, with the stretches that were only looked over before it
 * @param rested the time between the end of the worker's batch before and the beginning of this one: rests, back-offs, tries that
 *     were rolled back; zero for its first batch, and after a minute without one
 * @param throttled the part of {@code rested} in which a throttle said "not now"
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
        /** To change the rows. */
        MIGRATE,
        /** To find rows that are still pending, in a further pass over the table. */
        VERIFY,
        /** To change what old instances wrote last, before an after-release migration begins. */
        SEAL
    }
}
