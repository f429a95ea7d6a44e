package org.asyncmigrations;

/** When a migration may run. Immutable, and so safe for threads. */
public enum Phase {
    /** At once, in the background, beside old and new code. */
    ASYNC,
    /** Once no older instance of the application is at work any more. */
    AFTER_RELEASE
}
