package org.asyncmigrations.state;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/**
 * A row of the migrations' table as it was read. Immutable and thread-safe.
 *
 * @param version its version
 * @param name the class's name as registered
 * @param phase when it may run
 * @param state where it stands, null for a word that is none of ours
 * @param word that word, as the table has it
 * @param paused whether an operator holds it
 * @param attempts attempts claimed since the last progress
 * @param due whether its back-off has passed
 * @param beginning what keeps it from beginning
 * @param hold whether somebody holds a claim on all of it
 * @param owner who holds or held it, null for nobody
 * @param token the last claim's number
 * @param gate how its gate stands
 * @param code the code that may work on it
 * @param walk where its walk stands
 * @param independent whether it waits for nothing but what it names, as registered
 */
public record MigrationRow(
        long version,
        String name,
        Phase phase,
        @Nullable State state,
        String word,
        boolean paused,
        int attempts,
        boolean due,
        Beginning beginning,
        Hold hold,
        @Nullable String owner,
        long token,
        Gate gate,
        Code code,
        Walk walk,
        boolean independent) {
    private static final Gate NO_GATE = new Gate(null, true, List.of());
    private static final Code NO_CODE = new Code("", "", "");
    private static final Walk NO_WALK = new Walk(null, null, true, 0, new KeyList(List.of()), 0, 0, null, 0);

    /** {@return this row if it is not done; else one that says no more than that it is, and keeps no memory for more} */
    public MigrationRow shortIfDone() {
        return state != State.DONE
                ? this
                : new MigrationRow(
                        version,
                        "",
                        phase,
                        state,
                        State.DONE.word(),
                        false,
                        0,
                        true,
                        Beginning.FREE,
                        Hold.FREE,
                        null,
                        token,
                        NO_GATE,
                        NO_CODE,
                        NO_WALK,
                        independent);
    }

    /** Whether somebody holds a claim on all of a migration. */
    public enum Hold {
        /** Nobody. */
        FREE,
        /** A worker that is alive, as far as the claim tells. */
        LIVE,
        /** A worker whose claim has expired. */
        ABANDONED
    }

    /**
     * What keeps a migration that was never claimed from beginning, from its registration on.
     *
     * @param waitsForApproval whether an operator must approve it first
     * @param at the time before which it does not begin; null for none, and for one that has passed
     * @param after how long after its registration that is
     */
    public record Beginning(
            boolean waitsForApproval, @Nullable LocalDateTime at, Duration after) {
        /** What the status says of one that waits for it. */
        public static final String APPROVAL = "waits for approval";

        /** Nothing. */
        public static final Beginning FREE = new Beginning(false, null, Duration.ZERO);

        /** {@return why it does not begin, in words; null if nothing keeps it} */
        public @Nullable String reason() {
            if (waitsForApproval || at == null) {
                return waitsForApproval ? APPROVAL : null;
            }
            // Written as people write it: Duration itself knows no days.
            boolean isDays = after.toSeconds() % Duration.ofDays(1).toSeconds() == 0;
            return "starts at " + at.toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + ", "
                    + (isDays ? "P" + after.toDays() + "D" : after.toString()) + " after its registration";
        }
    }

    /**
     * How the gate of an after-release migration stands.
     *
     * @param openedAt when it was opened, null while it is closed
     * @param begun whether the migration was ever claimed: what has begun is not held any more
     * @param sealed the migrations before it that were sealed since the opening, after {@link #TOLD} where a mode has opened it
     */
    public record Gate(@Nullable LocalDateTime openedAt, boolean begun, List<Long> sealed) {
        /** In place of a version: a mode has opened the gate. */
        public static final long TOLD = 0;

        /**
         * Copies the list.
         *
         * @param openedAt when it was opened
         * @param begun whether the migration was ever claimed
         * @param sealed the migrations that were sealed
         */
        public Gate {
            sealed = List.copyOf(sealed);
        }

        /** {@return whether a mode has opened it} */
        public boolean isTold() {
            return sealed.contains(TOLD);
        }

        /** {@return whether it keeps the migration from running} */
        public boolean isClosed() {
            return openedAt == null && !begun;
        }
    }

    /**
     * The code that may work on a migration.
     *
     * @param fingerprint its fingerprint
     * @param build the build that has set it
     * @param runId the run; another one after the row was deleted and registered again
     */
    public record Code(String fingerprint, String build, String runId) {}

    /**
     * Where the walk of a batch migration stands.
     *
     * @param key the table and the columns that frontier and ranges are keys of, null before the first range
     * @param frontier the key behind which no range has been handed out, null for the beginning
     * @param atEnd whether the last range has been handed out
     * @param nextRange the number of the next range
     * @param ends ends of ranges that are known already
     * @param pass which walk over the table it is, from 1
     * @param found pending rows that this pass has met, in finished ranges
     * @param foundKeys some of them, null for none
     * @param batchSize the last batch size, 0 for none
     */
    public record Walk(
            @Nullable String key,
            @Nullable String frontier,
            boolean atEnd,
            long nextRange,
            KeyList ends,
            int pass,
            long found,
            @Nullable String foundKeys,
            long batchSize) {}
}
