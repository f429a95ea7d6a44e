package org.asyncmigrations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one migration stands, as read from the state tables at one moment. Immutable, and so safe for threads.
 *
 * @param version its version
 * @param name its class's full name, as this build or the table knows it
 * @param phase when it may run
 * @param state where it stands
 * @param paused whether it is held
 * @param attempts how many attempts have been claimed since the last progress
 * @param progress what has been done of it
 * @param error the last error, null for none
 * @param waitsFor why it does not go on, in a sentence, or what to do if it has failed; null if it goes on or is done
 * @param now who works on it and when; {@link Now#NOTHING} for one that is not registered
 */
public record MigrationStatus(
        long version,
        String name,
        Phase phase,
        State state,
        boolean paused,
        int attempts,
        Progress progress,
        @Nullable String error,
        @Nullable String waitsFor,
        Now now) {
    /**
     * Who works on a migration now, and when something of it last changed or next will.
     *
     * @param owners the workers that hold a claim on it or on its ranges, ascending
     * @param nextAttemptAt when its back-off ends, null for none
     * @param lastProgressAt when its row or one of its ranges was last changed, null before its registration
     * @param gateOpenedAt when its gate was opened; null while it is closed, and for what needs none
     * @param pace how fast its table is walked, and what slows that down
     * @param tuning what operators have tuned
     * @param independent whether it waits for nothing but what it names, and holds up nothing but what names it
     */
    public record Now(
            List<String> owners,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant lastProgressAt,
            @Nullable Instant gateOpenedAt,
            Pace pace,
            TuningStatus tuning,
            boolean independent) {
        /** That of a migration that is not registered. */
        public static final Now NOTHING =
                new Now(List.of(), null, null, null, Pace.UNKNOWN, new TuningStatus(Tuning.none(), 0), false);

        /**
         * Copies the list.
         *
         * @param owners the workers that hold a claim
         * @param nextAttemptAt when its back-off ends, or null
         * @param lastProgressAt when it was last changed, or null
         * @param gateOpenedAt when its gate was opened, or null
         * @param pace how fast its table is walked
         * @param tuning what operators have tuned
         * @param independent whether it waits for nothing but what it names
         */
        public Now {
            owners = List.copyOf(owners);
        }
    }

    /**
     * How fast the table of a batch migration is walked, and what its workers wait for.
     *
     * @param rate keys that all workers walk in a second, rests included, over about the last 30 seconds; null if nobody has within
     *     a minute, and if the state tables lack the columns for it
     * @param timeLeft the time to the end of the pass at this rate; null if the rate or the table's size is unknown, and if more rows
     *     have come than were estimated
     * @param batchSize keys of a worker's last batch, the mean of all workers; null as for the rate
     * @param batchTime how long that batch took, the mean of all workers; null as for the rate
     * @param throttled why workers rest between two batches; null if they do not
     * @param lockedBy the session that holds a lock that a worker waits for; null for none
     */
    public record Pace(
            @Nullable Long rate,
            @Nullable Duration timeLeft,
            @Nullable Long batchSize,
            @Nullable Duration batchTime,
            @Nullable String throttled,
            @Nullable String lockedBy) {
        /** That of a migration that nobody works on. */
        public static final Pace UNKNOWN = new Pace(null, null, null, null, null, null);
    }

    /**
     * What operators have tuned of a migration, and who follows it.
     *
     * @param tuning the tuning; {@link Tuning#none()} if nothing is tuned
     * @param tooOld how many live instances have the migration's code and a version of this library that is too old to follow; 0 if
     *     nothing is tuned, or the tables do not tell
     */
    public record TuningStatus(Tuning tuning, int tooOld) {}

    /**
     * The status of one that nobody works on.
     *
     * @param version its version
     * @param name its class's full name
     * @param phase when it may run
     * @param state where it stands
     * @param paused whether it is held
     * @param attempts how many attempts have been claimed since the last progress
     * @param progress what has been done of it
     * @param error the last error, null for none
     * @param waitsFor why it does not go on, or null
     */
    public MigrationStatus(
            long version,
            String name,
            Phase phase,
            State state,
            boolean paused,
            int attempts,
            Progress progress,
            @Nullable String error,
            @Nullable String waitsFor) {
        this(version, name, phase, state, paused, attempts, progress, error, waitsFor, Now.NOTHING);
    }

    /**
     * What has been done of a migration. Row counts of large tables are the database's estimates.
     *
     * @param rowsDone rows changed as the database counted them; see {@link BatchMigration#migrate}
     * @param keysWalked keys that the walk has passed in the current pass
     * @param rowsEstimated rows of the table as the database's planner estimates them, 0 for unknown
     * @param startedAt when it was first claimed, null before
     * @param finishedAt when it was done or failed, null before
     */
    public record Progress(
            long rowsDone,
            long keysWalked,
            long rowsEstimated,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {
        /**
         * The share of the table that has been walked in the current pass.
         *
         * @return 0 to 1; 0 where the size is unknown
         */
        public double share() {
            return rowsEstimated <= 0 ? 0 : Math.max(0, Math.min(1, (double) keysWalked / rowsEstimated));
        }
    }

    /**
     * The same status with a reason.
     *
     * @param reason why it does not go on at present
     * @return a status that says so
     */
    public MigrationStatus waitingFor(String reason) {
        return new MigrationStatus(version, name, phase, state, paused, attempts, progress, error, reason, now);
    }

    /** {@return the first line of the error, which says why; null for no error} */
    public @Nullable String firstError() {
        return error == null ? null : error.lines().findFirst().orElse("");
    }

    /**
     * What to do about a migration that has failed.
     *
     * @param version its version
     * @return the calls, for people
     */
    public static String remedy(long version) {
        String handle = "migration(" + MigrationEntry.written(version) + "L)";
        return "fix the cause and call " + handle
                + ".retry(), which a fix of the migration's own class does not need; or leave it out: " + handle
                + ".skip(\"why\")";
    }

    /** {@return the class's name without its package} */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
