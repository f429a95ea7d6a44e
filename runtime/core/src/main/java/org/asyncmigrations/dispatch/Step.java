package org.asyncmigrations.dispatch;

import java.time.Duration;

/**
 * What a worker does after a step. Immutable, and so safe for threads.
 *
 * @param kind what to do
 * @param again after which time to call again; zero if the kind says at once, or never
 * @param reason why, for people: the message of the dispatch as it stands
 */
public record Step(Kind kind, Duration again, String reason) {
    /** What to do next. */
    public enum Kind {
        /** Something was done: call again at once. */
        WORKED,
        /** Nothing to do at present: call again after a time, or when a listener is told that there may be something. */
        IDLE,
        /** Nothing is left for this instance: do not call again until the next dispatch. */
        FINISHED
    }
}
