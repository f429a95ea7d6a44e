package org.asyncmigrations;

/** When a migration may run. */
public enum Phase {
    /** At once, in the background, while old and new code are running. */
    ASYNC,
    /** Once no older instance of the application is running. */
    AFTER_RELEASE
}
