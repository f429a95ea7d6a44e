package org.asyncmigrations.state;

import java.time.Duration;

/**
 * A failed attempt and its consequence. Immutable and thread-safe.
 *
 * @param error what happened, for people
 * @param attempt the number of the attempt
 * @param isLast whether no attempt is left
 * @param pause the time until the next attempt
 */
public record AttemptFailure(String error, int attempt, boolean isLast, Duration pause) {
    Transition transition() {
        return isLast ? Transition.FAIL : Transition.BACK_OFF;
    }
}
