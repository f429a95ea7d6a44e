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
 * A row of the migrations table, as read. Immutable and thread-safe.
 *
 * @param version its version
 * @param name the class's name as registered
 * @param phase when it may run
 * @param state its state, null for a word that this version doesn't know
 * @param word the state's word in the table
 * @param paused whether it is paused
 * @param attempts attempts claimed since the last progress
 * @param due whether its back-off is over
 * @param beginning what keeps it from beginning
 * @param hold whether someone holds a claim on the whole migration
 * @param owner who holds or held that claim, null for none
 * @param token the number of the last claim
 * @param gate the state of its gate
 * @param code the code that may work on it
 * @param walk the position of its walk
 * @param independent whether it was registered as one that waits only for the migrations that it names
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

    /** {@return this row; if it is done, a short one that only says so, to save memory} */
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

    /** Whether someone holds a claim on the whole migration. */
    public enum Hold {
        /** Nobody. */
        FREE,
        /** A worker that is alive, according to the claim. */
        LIVE,
        /** A worker whose claim has expired. */
        ABANDONED
    }

    /**
     * What keeps a migration that was never claimed from beginning.
     *
     * @param waitsForApproval whether an operator must approve it first
     * @param at the time before which it doesn't begin; null for none, and if it has passed
     * @param after the time between its registration and {@code at}
     */
    public record Beginning(
            boolean waitsForApproval, @Nullable LocalDateTime at, Duration after) {
        /** The status text of a migration that waits for approval. */
        public static final String APPROVAL = "waits for approval";

        /** Nothing. */
        public static final Beginning FREE = new Beginning(false, null, Duration.ZERO);

        /** {@return why it doesn't begin, in words; null if nothing keeps it} */
        public @Nullable String reason() {
            if (waitsForApproval || at == null) {
                return waitsForApproval ? APPROVAL : null;
            }
            // As people write it; Duration has no days.
            boolean isDays = after.toSeconds() % Duration.ofDays(1).toSeconds() == 0;
            return "starts at " + at.toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + ", "
                    + (isDays ? "P" + after.toDays() + "D" : after.toString()) + " after its registration";
        }
    }

    /**
     * The state of an after-release migration's gate.
     *
     * @param openedAt when it was opened, null while it is closed
     * @param begun whether the migration was ever claimed; if so, the gate no longer matters
     * @param sealed the migrations before it that were sealed since the opening; {@link #TOLD} first if a mode or a forced order
     *     opened the gate
     */
    public record Gate(@Nullable LocalDateTime openedAt, boolean begun, List<Long> sealed) {
        /** Instead of a version: a mode or a forced order has opened the gate. */
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

        /** {@return whether a mode or a forced order has opened it} */
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
     * @param runId the run; changes when the row is deleted and registered again
     */
    public record Code(String fingerprint, String build, String runId) {}

    /**
     * The position of a batch migration's walk.
     *
     * @param key the table and the columns of the frontier's and the ranges' keys, null before the first range
     * @param frontier the key after which no range has been started, null for the beginning
     * @param atEnd whether the last range has been started
     * @param nextRange the number of the next range
     * @param ends known ends of ranges
     * @param pass the number of the pass over the table, from 1
     * @param found pending rows that this pass has found in finished ranges
     * @param foundKeys some of their keys, null for none
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
