package org.asyncmigrations.spring;

/** Ends the process. Tests replace it. */
@FunctionalInterface
interface JobExit {
    /** Ends the process with this exit code. */
    void exit(int code);
}
