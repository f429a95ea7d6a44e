package org.asyncmigrations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of one migration, as read from the state tables at one moment. Immutable and thread-safe.
 *
 * @param version its version
 * @param name its class's full name, as in this build or in the table
 * @param phase when it may run
 * @param state its state
 * @param paused whether it is paused
 * @param attempts how many attempts were claimed since the last progress
 * @param progress what has been done so far
 * @param error the last error, null for none
 * @param waitsFor why it isn't running, in a sentence, or what to do if it has failed; null if it is running or done
 * @param now who works on it and when; {@link Now#NOTHING} if it isn't registered
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
     * Who works on a migration now, and when it last changed or will change next.
     *
     * @param owners the workers that hold a claim on it or on its ranges, ascending
     * @param nextAttemptAt when its back-off ends, null for none
     * @param lastProgressAt when its row or one of its ranges last changed, null before its registration
     * @param gateOpenedAt when its gate was opened; null while it is closed, and if it has no gate
     * @param pace how fast its table is walked, and what slows that down
     * @param tuning what operators have tuned
     * @param independent whether it waits only for the migrations that it names, and holds up only those that name it
     */
    public record Now(
            List<String> owners,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant lastProgressAt,
            @Nullable Instant gateOpenedAt,
            Pace pace,
            TuningStatus tuning,
            boolean independent) {
        /** The value for a migration that isn't registered. */
        public static final Now NOTHING =
                new Now(List.of(), null, null, null, Pace.UNKNOWN, new TuningStatus(Tuning.none(), 0), false);

        /**
         * Copies the list.
         *
         * @param owners the workers that hold a claim
         * @param nextAttemptAt when its back-off ends, or null
         * @param lastProgressAt when it last changed, or null
         * @param gateOpenedAt when its gate was opened, or null
         * @param pace how fast its table is walked
         * @param tuning what operators have tuned
         * @param independent whether it waits only for the migrations that it names
         */
        public Now {
            owners = List.copyOf(owners);
        }
    }

    /**
     * How fast the table of a batch migration is walked, and what its workers wait for.
     *
     * @param rate keys per second, all workers together, pauses included, over about the last 30 seconds; null if nothing was
     *     walked in the last minute, or the state tables lack the columns for it
     * @param timeLeft the time to the end of the pass at this rate; null if the rate or the table's size is unknown, or more rows
     *     were walked than estimated
     * @param batchSize keys of a worker's last batch, the mean of all workers; null like the rate
     * @param batchTime how long that batch took, the mean of all workers; null like the rate
     * @param throttled why workers pause between batches; null if they don't
     * @param lockedBy the session that holds a lock that a worker waits for; null for none
     */
    public record Pace(
            @Nullable Long rate,
            @Nullable Duration timeLeft,
            @Nullable Long batchSize,
            @Nullable Duration batchTime,
            @Nullable String throttled,
            @Nullable String lockedBy) {
        /** The pace of a migration that nobody works on. */
        public static final Pace UNKNOWN = new Pace(null, null, null, null, null, null);
    }

    /**
     * What operators have tuned, and how many instances can't follow it.
     *
     * @param tuning the tuning; {@link Tuning#none()} if nothing is tuned
     * @param tooOld how many live instances have the migration's code but too old a version of this library to follow the tuning; 0
     *     if nothing is tuned, or the tables don't say
     */
    public record TuningStatus(Tuning tuning, int tooOld) {}

    /**
     * The status of a migration that nobody works on.
     *
     * @param version its version
     * @param name its class's full name
     * @param phase when it may run
     * @param state its state
     * @param paused whether it is paused
     * @param attempts how many attempts were claimed since the last progress
     * @param progress what has been done so far
     * @param error the last error, null for none
     * @param waitsFor why it isn't running, or null
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
     * What has been done so far. The row counts of large tables are the database's estimates.
     *
     * @param rowsDone rows changed, as counted by the database; see {@link BatchMigration#migrate}
     * @param keysWalked keys walked in the current pass
     * @param rowsEstimated the planner's estimate of the table's rows, 0 for unknown
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
         * @return 0 to 1; 0 if the size is unknown
         */
        public double share() {
            return rowsEstimated <= 0 ? 0 : Math.max(0, Math.min(1, (double) keysWalked / rowsEstimated));
        }
    }

    /**
     * The same status with a reason.
     *
     * @param reason why it isn't running
     * @return a status with this reason
     */
    public MigrationStatus waitingFor(String reason) {
        return new MigrationStatus(version, name, phase, state, paused, attempts, progress, error, reason, now);
    }

    /** {@return the first line of the error, which gives the cause; null for no error} */
    public @Nullable String firstError() {
        return error == null ? null : error.lines().findFirst().orElse("");
    }

    /**
     * What to do if a migration has failed.
     *
     * @param version its version
     * @return the calls, for people
     */
    public static String remedy(long version) {
        String handle = "migration(" + MigrationEntry.written(version) + "L)";
        return "fix the cause and call " + handle
                + ".retry() (not needed if you fix the migration's own class), or leave the migration out: " + handle
                + ".skip(\"why\")";
    }

    /** {@return the class's name without its package} */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
