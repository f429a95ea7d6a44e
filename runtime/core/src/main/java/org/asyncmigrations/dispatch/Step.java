package org.asyncmigrations.dispatch;

/** What a worker does after a step. Immutable, and so safe for threads. */
public enum Step {
    /** Something was done: call again at once. */
    WORKED,
    /** Nothing to do at present: call again after {@link Work#pollEvery()}. */
    IDLE,
    /** Nothing is left for this instance: do not call again until the next dispatch. */
    FINISHED
}
