package org.asyncmigrations.dispatch;

import java.time.Duration;

/**
 * What a worker does after a step. Immutable and thread-safe.
 *
 * @param kind what to do
 * @param again the time until the next call; zero if the kind says to call at once, or never
 * @param reason why, for people: the current message of the dispatch
 */
public record Step(Kind kind, Duration again, String reason) {
    /** What to do next. */
    public enum Kind {
        /** Something was done: call again at once. */
        WORKED,
        /**
         * There is nothing to do right now: call again after the given time, or when a listener is told that there may be something
         * to do.
         */
        IDLE,
        /** Nothing is left for this instance: don't call again until the next dispatch. */
        FINISHED
    }
}
