package org.asyncmigrations;

import java.util.Locale;
import java.util.Optional;

/** Where a migration stands. Immutable, and so safe for threads. */
public enum State {
    /** Known to the database, something before it is in the way. */
    CREATED,
    /** Its turn: to be claimed by the next worker, at once or when its back-off has passed. */
    PENDING,
    /** Claimed; a worker is on it, or will take it over from one that died. */
    PROCESSING,
    /** Ended and verified; final. */
    DONE,
    /** Attempts used up; stops all that follow until it is retried, mended or skipped. */
    FAILED;

    /**
     * The word that stands in the state table.
     *
     * @return the lower-case name
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state that a word of the state table names.
     *
     * @param word what the table holds
     * @return the state, or nothing for a word that is none of ours
     */
    public static Optional<State> of(String word) {
        for (State state : values()) {
            if (state.word().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
