package org.asyncmigrations.release;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Gate} answers. Immutable, and so safe for threads.
 *
 * @param reason why not yet, for people, in a sentence without a number that changes all the time; null for "open"
 */
public record GateAnswer(@Nullable String reason) {
    private static final GateAnswer OPEN = new GateAnswer(null);

    /** {@return that the migration may begin} */
    public static GateAnswer open() {
        return OPEN;
    }

    /**
     * Not yet.
     *
     * @param reason why, for people
     * @return the answer
     */
    public static GateAnswer notYet(String reason) {
        return new GateAnswer(Objects.requireNonNull(reason, "reason"));
    }
}
