package org.asyncmigrations.batch;

import java.time.Duration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.AttemptFailure;
import org.jspecify.annotations.Nullable;

/** What is asked between two batches, while nothing is locked. Safe for threads. */
public interface Brake {
    /**
     * Whether the next batch is to wait.
     *
     * @param session the worker's, with no transaction begun
     * @param entry the migration
     * @param last the worker's last batch
     * @return what to wait for, null for nothing
     */
    @Nullable
    Hold ask(Session session, MigrationEntry entry, LastBatch last);

    /**
     * Tells that a batch has ended early for somebody who waited for its locks, and that the next one waits a while.
     *
     * @param session the worker's, with no transaction begun
     * @param entry the migration
     */
    void gaveWay(Session session, MigrationEntry entry);

    /**
     * Tells that nothing can be done at present, without an attempt that fails, or that it can again.
     *
     * @param entry the migration
     * @param reason for people; null once the work goes on
     */
    void hindered(MigrationEntry entry, @Nullable String reason);

    /**
     * The same, and shows it at once.
     *
     * @param session with no transaction begun
     * @param entry the migration
     * @param reason for people
     */
    default void hindered(Session session, MigrationEntry entry, String reason) {
        hindered(entry, reason);
    }

    /**
     * Tells that a worker waits for a lock, and shows it, or that it no longer does.
     *
     * @param session another than the worker's, with no transaction begun
     * @param entry the migration
     * @param blocker who holds the lock, for people; null for nobody
     */
    void waitsForLock(Session session, MigrationEntry entry, @Nullable String blocker);

    /**
     * Tells that a batch has committed.
     *
     * @param session the worker's, with no transaction begun
     * @param entry the migration
     */
    void committed(Session session, MigrationEntry entry);

    /**
     * Tells that an attempt has failed.
     *
     * @param entry the migration
     * @param written what is written down of it
     * @param how where it was, and which attempt, for people
     * @param failure what was thrown
     */
    void failed(MigrationEntry entry, AttemptFailure written, String how, Throwable failure);

    /**
     * Tells of something that looks wrong, while the work goes on.
     *
     * @param entry the migration
     * @param what what looks wrong and what to do, for people
     */
    void warns(MigrationEntry entry, String what);

    /**
     * A reason to wait.
     *
     * @param reason for people
     * @param shrinks whether the next batch is to be smaller
     * @param rest how long to rest before asking again; zero to give the range back, as after a long hold
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
        /** {@return what comes before the first batch} */
        public static LastBatch none() {
            return new LastBatch(Duration.ZERO, System.nanoTime());
        }

        /**
         * One that ends now.
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
