package org.asyncmigrations.batch;

import java.time.Duration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.AttemptFailure;
import org.jspecify.annotations.Nullable;

/** Asked and informed by a walk between two batches, while nothing is locked. Thread-safe. */
public interface Brake {
    /**
     * Whether the next batch has to wait.
     *
     * @param session the worker's session, with no open transaction
     * @param entry the migration
     * @param last the worker's last batch
     * @return what to wait for, null to go on
     */
    @Nullable
    Hold ask(Session session, MigrationEntry entry, LastBatch last);

    /**
     * A batch has ended early because another session waited for its locks, and the next one is delayed.
     *
     * @param session the worker's session, with no open transaction
     * @param entry the migration
     */
    void gaveWay(Session session, MigrationEntry entry);

    /**
     * The work can't go on currently, although no attempt has failed; or it goes on again.
     *
     * @param entry the migration
     * @param reason for people; null once the work continues
     */
    void hindered(MigrationEntry entry, @Nullable String reason);

    /**
     * As {@link #hindered(MigrationEntry, String)}, and shows it at once.
     *
     * @param session a session with no open transaction
     * @param entry the migration
     * @param reason for people
     */
    default void hindered(Session session, MigrationEntry entry, String reason) {
        hindered(entry, reason);
    }

    /**
     * A worker waits for a lock, or no longer does. Shows it at once.
     *
     * @param session another session than the worker's, with no open transaction
     * @param entry the migration
     * @param blocker who holds the lock, for people; null for no one
     */
    void waitsForLock(Session session, MigrationEntry entry, @Nullable String blocker);

    /**
     * A batch has committed.
     *
     * @param session the worker's session, with no open transaction
     * @param entry the migration
     */
    void committed(Session session, MigrationEntry entry);

    /**
     * An attempt has failed.
     *
     * @param entry the migration
     * @param written what is stored about it
     * @param how the place and the number of the attempt, for people
     * @param failure what was thrown
     */
    void failed(MigrationEntry entry, AttemptFailure written, String how, Throwable failure);

    /**
     * Something looks wrong, while the work continues.
     *
     * @param entry the migration
     * @param what the problem and what to do, for people
     */
    void warns(MigrationEntry entry, String what);

    /**
     * A reason to wait.
     *
     * @param reason for people
     * @param shrinks whether the next batch has to be smaller
     * @param rest how long to rest before asking again; zero or negative to give the range back
     */
    record Hold(String reason, boolean shrinks, Duration rest) {
        boolean endsWalk() {
            return rest.isZero() || rest.isNegative();
        }
    }

    /**
     * A batch that has ended, or a stretch that was only looked over.
     *
     * @param took how long it took, zero before the first
     * @param endedAt a reading of {@link System#nanoTime()}
     */
    record LastBatch(Duration took, long endedAt) {
        /** {@return the value before the first batch} */
        public static LastBatch none() {
            return new LastBatch(Duration.ZERO, System.nanoTime());
        }

        /**
         * A batch that ends now.
         *
         * @param began a reading of {@link System#nanoTime()}
         * @return the batch
         */
        static LastBatch begunAt(long began) {
            long now = System.nanoTime();
            return new LastBatch(Duration.ofNanos(now - began), now);
        }

        Duration tookAtMost(Duration most) {
            return took.compareTo(most) < 0 ? took : most;
        }

        /** {@return the time since its end; zero before the first} */
        public Duration rested() {
            return took.isZero() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - endedAt);
        }
    }
}
