package org.asyncmigrations;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a migration: a row of the events table. Immutable and thread-safe.
 *
 * @param id the row's id, a random number; {@link EventQuery#since(String)} continues from it
 * @param at when it happened, by the database's clock; by this machine's clock for {@link Kind#SILENT}, which is in no table
 * @param version the migration; negative for the walk that seals it, 0 for all of them
 * @param event what happened, in a word: {@code registered}, {@code started}, {@code done}, {@code failed}, {@code retried} …
 * @param from the state before, null if it didn't change
 * @param to the state after, null if it didn't change
 * @param who the instance that did it, or the operator
 * @param detail why, or the error; null for none
 */
public record MigrationEvent(
        String id,
        Instant at,
        long version,
        String event,
        @Nullable State from,
        @Nullable State to,
        String who,
        @Nullable String detail) {
    /** The kind of an event. Its word in the events table is the name in lower case, with spaces. */
    public enum Kind {
        /** The migration was registered in the state table. */
        REGISTERED,
        /** It may run now. */
        READY,
        /** A worker has claimed it. */
        STARTED,
        /** Its work is done and verified. */
        DONE,
        /** An attempt failed, and more attempts are left. */
        ATTEMPT_FAILED,
        /** The last attempt failed. */
        FAILED,
        /** A worker was closed and gave its claim back. */
        GIVEN_BACK,
        /** A worker lost its claim while it was working. */
        CLAIM_LOST,
        /** Another worker took over an expired claim. */
        TAKEN_OVER,
        /** Its key has changed, so the walk starts over. */
        WALK_BEGUN_ANEW,
        /** A row couldn't be changed, even in a batch of its own, and was set aside. */
        REJECTED,
        /** A row that had been set aside was changed after all. */
        REJECT_MENDED,
        /** An operator leaves the rejects as they are. */
        REJECTS_ACCEPTED,
        /** An operator paused it. */
        PAUSED,
        /** An operator resumed it. */
        RESUMED,
        /** An operator changed its tuning. */
        TUNED,
        /** An operator approved its start. */
        APPROVED,
        /** An operator reset its attempts after it had failed. */
        RETRIED,
        /** An operator ended its back-off. */
        RUN_NOW,
        /** An operator counts it as done. */
        SKIPPED,
        /** Its work was assigned to a build with other code for it. */
        CODE_ADOPTED,
        /** It had failed, and is tried again because a build has other code for it. */
        NEW_CODE,
        /** Its gate was opened. */
        GATE_OPENED,
        /** Its gate was closed again. */
        GATE_CLOSED,
        /** The migrations that an after-release migration depends on were walked again. */
        SEALED,
        /** An instance has found that its build is too old. */
        TOO_OLD,
        /** An instance isn't allowed to work on these tables. */
        REFUSED,
        /** An instance couldn't send a heartbeat for a long time. Only the listener is told. */
        SILENT,
        /** A word that this version doesn't know. */
        OTHER;

        /** {@return the word in the events table; {@link #OTHER} has none} */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * The kind of a word in the events table.
         *
         * @param word a word from the table
         * @return the kind, {@link #OTHER} for a word that this version doesn't know
         */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /** {@return the kind of {@link #event()}} */
    public Kind kind() {
        return Kind.of(event);
    }
}
