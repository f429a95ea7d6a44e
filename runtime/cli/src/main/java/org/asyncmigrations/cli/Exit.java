package org.asyncmigrations.cli;

/** The exit codes: those of {@link org.asyncmigrations.Dispatch#exitCode()}, and 2 for a command that couldn't be understood. */
final class Exit {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int HELD = 3;
    static final int RUNNING = 4;
    static final int CLOSED = 5;

    private Exit() {}
}
