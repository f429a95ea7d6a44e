package org.asyncmigrations;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a migration: a row of the event table. Immutable, and so safe for threads.
 *
 * @param id the row's own, a random number; {@link EventQuery#since(String)} reads on from it
 * @param at when, by the database's clock; by this machine's for {@link Kind#SILENT}, which no table has
 * @param version the migration; below zero for the walk that seals it, 0 for all of them
 * @param event what happened, in a word: {@code registered}, {@code started}, {@code done}, {@code failed}, {@code retried} …
 * @param from the state before, null where it did not change
 * @param to the state after, null where it did not change
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
    /** What happened. The word of an event is its kind's name in lower case, with spaces. */
    public enum Kind {
        /** The migration was written down. */
        REGISTERED,
        /** Its turn has come. */
        READY,
        /** A worker has claimed it. */
        STARTED,
        /** Its work is done and verified. */
        DONE,
        /** An attempt failed, and others are left. */
        ATTEMPT_FAILED,
        /** An attempt failed, and it was the last. */
        FAILED,
        /** A worker that was closed gave its claim back. */
        GIVEN_BACK,
        /** A worker lost its claim while it was at work. */
        CLAIM_LOST,
        /** Another worker took over an expired claim. */
        TAKEN_OVER,
        /** Its key has changed, and the walk begins at the table's beginning. */
        WALK_BEGUN_ANEW,
        /** A row could not be changed even alone, and was set aside. */
        REJECTED,
        /** A row that was set aside could be changed after all. */
        REJECT_MENDED,
        /** An operator leaves the rejects as they are. */
        REJECTS_ACCEPTED,
        /** An operator holds it. */
        PAUSED,
        /** An operator lets it go on. */
        RESUMED,
        /** An operator changed how it is worked on. */
        TUNED,
        /** An operator lets one begin that waited for approval. */
        APPROVED,
        /** An operator gave it its attempts back. */
        RETRIED,
        /** An operator ended its back-off. */
        RUN_NOW,
        /** An operator counts it as done. */
        SKIPPED,
        /** A build has brought other code for it. */
        CODE_ADOPTED,
        /** A build has brought other code for one that had failed. */
        NEW_CODE,
        /** Its gate was opened. */
        GATE_OPENED,
        /** Its gate was closed again. */
        GATE_CLOSED,
        /** What an after-release migration depends on was walked once more. */
        SEALED,
        /** An instance has found that its build is too old. */
        TOO_OLD,
        /** An instance may not work on these tables. */
        REFUSED,
        /** An instance could not say for long that it is alive; told to the listener alone. */
        SILENT,
        /** A word that this version does not know. */
        OTHER;

        /** {@return the word in the event table; a word of its own for each but {@link #OTHER}} */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * The kind that a word of the event table names.
         *
         * @param word what the table holds
         * @return the kind, {@link #OTHER} for a word that this version does not know
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
