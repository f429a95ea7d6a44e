package org.asyncmigrations.batch;

import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.MigrationEntry;

/**
 * Writes events for the JDK's Flight Recorder (JFR), or nothing in a runtime image without the module {@code jdk.jfr}, which no
 * other class needs. Each event begins and ends on one thread.
 */
public interface Recorder {
    /** Whether this JVM has a Flight Recorder. */
    boolean IS_THERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    /** Writes nothing. */
    Recorder NOTHING = new Nothing();

    /**
     * This JVM's recorder. Call this each time: until someone has recorded, it loads no event class, on which the Flight Recorder
     * uses reflection.
     *
     * @return a recorder that writes events, or one that does nothing
     */
    static Recorder ofThisJvm() {
        return IS_THERE && JfrRecorder.isInUse() ? JfrRecorder.THE_ONE : NOTHING;
    }

    /** {@return a batch that begins; recorded when it commits} */
    Batch batch();

    /** {@return a try to get a claim; recorded whether it succeeds or not} */
    Claiming claiming();

    /** {@return a time in which a throttle holds a worker} */
    Rest rest();

    /** A batch under way. */
    interface Batch {
        /**
         * Ends it.
         *
         * @param batch the result
         */
        void committed(BatchEvent batch);
    }

    /** A try to get a claim. */
    interface Claiming {
        /**
         * Ends it.
         *
         * @param entry the migration
         * @param range the number of the range, 0 for a whole migration
         * @param got whether the claim was got
         */
        void ended(MigrationEntry entry, long range, boolean got);
    }

    /** A rest under way. */
    interface Rest {
        /**
         * Ends it.
         *
         * @param entry the migration
         * @param reason what the throttle said
         */
        void ended(MigrationEntry entry, String reason);
    }

    /** Records nothing. */
    record Nothing() implements Recorder {
        @Override
        public Batch batch() {
            return batch -> {};
        }

        @Override
        public Claiming claiming() {
            return (entry, range, got) -> {};
        }

        @Override
        public Rest rest() {
            return (entry, reason) -> {};
        }
    }
}
