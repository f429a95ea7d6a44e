package org.asyncmigrations;

import java.util.Locale;
import java.util.Optional;

/** The state of a migration. */
public enum State {
    /** Registered; something before it must finish first. */
    CREATED,
    /** It may run: the next worker claims it, at once or after its back-off. */
    PENDING,
    /** Claimed by a worker. If that worker dies, another one takes over. */
    PROCESSING,
    /** Finished and verified. Final. */
    DONE,
    /** All attempts are used up. It stops all that follow until it is retried, fixed or skipped. */
    FAILED;

    /**
     * The word in the state table.
     *
     * @return the lower-case name
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state for a word in the state table.
     *
     * @param word a word from the table
     * @return the state, or empty for a word that this version doesn't know
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
