package org.asyncmigrations.spring;

/** Ends the process; a test has another. */
@FunctionalInterface
interface JobExit {
    /** Ends it. */
    void exit(int code);
}
