package org.asyncmigrations.state;

import java.time.Duration;

/**
 * An attempt that has failed, and what follows from it. Immutable and thread-safe.
 *
 * @param error what happened, for people
 * @param attempt which attempt it was
 * @param isLast whether no attempt is left
 * @param pause how long until the next one
 */
public record AttemptFailure(String error, int attempt, boolean isLast, Duration pause) {
    Transition transition() {
        return isLast ? Transition.FAIL : Transition.BACK_OFF;
    }
}
