package org.asyncmigrations.batch;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.MigrationEntry;

/** Writes the JFR events. Stateless and thread-safe. */
final class JfrRecorder implements Recorder {
    static final JfrRecorder THE_ONE = new JfrRecorder();

    private JfrRecorder() {}

    /** {@return whether someone records, or has recorded in this JVM} */
    static boolean isInUse() {
        return FlightRecorder.isInitialized();
    }

    @Override
    public Batch batch() {
        BatchRecord batch = new BatchRecord();
        batch.begin();
        return batch;
    }

    @Override
    public Claiming claiming() {
        ClaimRecord claim = new ClaimRecord();
        claim.begin();
        return claim;
    }

    @Override
    public Rest rest() {
        ThrottleRecord rest = new ThrottleRecord();
        rest.begin();
        return rest;
    }

    /** The event of a batch. Used by one thread. */
    @Name("org.asyncmigrations.Batch")
    @Label("Batch")
    @Category("Async Migrations")
    @Description("A committed batch, from the beginning of its transaction")
    @StackTrace(false)
    private static final class BatchRecord extends Event implements Batch {
        @Label("Version")
        private long version;

        @Label("Migration")
        private String migration = "";

        @Label("Purpose")
        private String purpose = "";

        @Label("Range")
        private long range;

        @Label("Rows")
        @Description("Rows that it changed")
        private long rows;

        @Label("Keys")
        @Description("Keys that were walked since the previous batch")
        private long keys;

        @Label("Rejects")
        @Description("Rows that were set aside")
        private int rejects;

        @Override
        public void committed(BatchEvent batch) {
            if (shouldCommit()) {
                version = batch.version();
                migration = batch.name();
                purpose = batch.purpose().name();
                range = batch.range();
                rows = batch.rows();
                keys = batch.keys();
                rejects = batch.rejects();
                commit();
            }
        }
    }

    /** The event of a claim. Used by one thread. */
    @Name("org.asyncmigrations.Claim")
    @Label("Claim")
    @Category("Async Migrations")
    @Description("An attempt to claim a migration or one of its ranges")
    @StackTrace(false)
    private static final class ClaimRecord extends Event implements Claiming {
        @Label("Version")
        private long version;

        @Label("Migration")
        private String migration = "";

        @Label("Range")
        @Description("0 for the whole migration")
        private long range;

        @Label("Got")
        @Description("false if another worker was faster")
        private boolean got;

        @Override
        public void ended(MigrationEntry entry, long number, boolean isOurs) {
            if (shouldCommit()) {
                version = Math.abs(entry.version());
                migration = entry.name();
                range = number;
                got = isOurs;
                commit();
            }
        }
    }

    /** The event of a rest. Used by one thread. */
    @Name("org.asyncmigrations.Throttle")
    @Label("Throttle")
    @Category("Async Migrations")
    @Description("A period in which a throttle paused a worker")
    @StackTrace(false)
    private static final class ThrottleRecord extends Event implements Rest {
        @Label("Version")
        private long version;

        @Label("Migration")
        private String migration = "";

        @Label("Reason")
        private String reason = "";

        @Override
        public void ended(MigrationEntry entry, String why) {
            if (shouldCommit()) {
                version = Math.abs(entry.version());
                migration = entry.name();
                reason = why;
                commit();
            }
        }
    }
}
