package org.asyncmigrations.spring;

/** When the work begins: the values of {@code async-migrations.dispatch}. */
enum DispatchTime {
    /** When the application is ready. */
    ON_READY,
    /** When the application calls {@code dispatch()}. */
    MANUAL,
    /** When the application is ready. The process then waits for the work and ends with its exit code. */
    JOB
}
