package org.asyncmigrations.throttle;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Throttle} answers. Immutable, and so safe for threads.
 *
 * @param reason why not now, for people, in a sentence without a number that changes all the time; null for "go on"
 * @param unhealthy whether the work itself may be what is too much: the next batch is then half as large
 * @param askAgainAfter after which time to ask again; zero for the worker's own time
 */
public record Answer(@Nullable String reason, boolean unhealthy, Duration askAgainAfter) {
    private static final Answer GO_ON = new Answer(null, false, Duration.ZERO);

    /**
     * Checks that there is an answer.
     *
     * @param reason why not now, null for "go on"
     * @param unhealthy whether the next batch is to be smaller
     * @param askAgainAfter after which time to ask again
     */
    public Answer {
        Objects.requireNonNull(askAgainAfter, "askAgainAfter");
    }

    /** {@return that the work may go on} */
    public static Answer goOn() {
        return GO_ON;
    }

    /**
     * Not now; the work is as it should be.
     *
     * @param reason why, for people
     * @return the answer
     */
    public static Answer notNow(String reason) {
        return new Answer(Objects.requireNonNull(reason, "reason"), false, Duration.ZERO);
    }

    /**
     * Not now, and smaller batches afterwards.
     *
     * @param reason why, for people
     * @return the answer
     */
    public static Answer unhealthy(String reason) {
        return new Answer(Objects.requireNonNull(reason, "reason"), true, Duration.ZERO);
    }

    /**
     * The same answer, with the time at which it may be another one.
     *
     * @param time after which to ask again
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
