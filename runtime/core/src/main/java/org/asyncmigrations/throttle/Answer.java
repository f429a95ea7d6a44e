package org.asyncmigrations.throttle;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a {@link Throttle}. Immutable and thread-safe.
 *
 * @param reason why the work must wait, in a sentence for people without numbers that keep changing; null for "go on"
 * @param unhealthy whether the work itself may be the cause: the next batch is then half as large
 * @param askAgainAfter the time until the next question; zero for the worker's default
 */
public record Answer(@Nullable String reason, boolean unhealthy, Duration askAgainAfter) {
    private static final Answer GO_ON = new Answer(null, false, Duration.ZERO);

    /**
     * Refuses null.
     *
     * @param reason why the work must wait, null for "go on"
     * @param unhealthy whether the next batch should be smaller
     * @param askAgainAfter the time until the next question
     */
    public Answer {
        Objects.requireNonNull(askAgainAfter, "askAgainAfter");
    }

    /** {@return an answer that lets the work go on} */
    public static Answer goOn() {
        return GO_ON;
    }

    /**
     * Makes the work wait. The batch size doesn't change.
     *
     * @param reason why, for people
     * @return the answer
     */
    public static Answer notNow(String reason) {
        return new Answer(Objects.requireNonNull(reason, "reason"), false, Duration.ZERO);
    }

    /**
     * Makes the work wait, and the next batch smaller.
     *
     * @param reason why, for people
     * @return the answer
     */
    public static Answer unhealthy(String reason) {
        return new Answer(Objects.requireNonNull(reason, "reason"), true, Duration.ZERO);
    }

    /**
     * The same answer with the time until the next question.
     *
     * @param time the time after which the answer may change
     * @return the answer
     */
    public Answer askAgainAfter(Duration time) {
        return new Answer(reason, unhealthy, time);
    }

    /** {@return whether the work may go on} */
    public boolean goesOn() {
        return reason == null;
    }
}
