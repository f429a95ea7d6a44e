package org.asyncmigrations.release;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a {@link Gate}. Immutable and thread-safe.
 *
 * @param reason why the migration may not begin yet, in a sentence for people without numbers that keep changing; null for "open"
 */
public record GateAnswer(@Nullable String reason) {
    private static final GateAnswer OPEN = new GateAnswer(null);

    /** {@return an answer that lets the migration begin} */
    public static GateAnswer open() {
        return OPEN;
    }

    /**
     * Keeps the gate closed.
     *
     * @param reason why, for people
     * @return the answer
     */
    public static GateAnswer notYet(String reason) {
        return new GateAnswer(Objects.requireNonNull(reason, "reason"));
    }
}
