package org.asyncmigrations;

import java.time.Duration;

/** The work that a {@code dispatch()} has set going. Safe for threads. */
public interface Dispatch {
    /** How a dispatch stands. Immutable, and so safe for threads. */
    enum Outcome {
        /** All migrations that this mode runs are done. */
        DONE,
        /** What is left waits: for the gate, for {@code MODE=after}, for its {@code startsAfter}, or for an operator. */
        HELD,
        /** One has failed, or the state tables cannot be used; {@link Dispatch#message()} says which and why. */
        FAILED,
        /** The registry was closed before the end; the next instance goes on there. */
        CLOSED,
        /** The work goes on; so says a wait whose time was over. */
        RUNNING
    }

    /**
     * Waits for the end of the work, without holding it up.
     *
     * @param timeout how long at most
     * @return how it ended, {@link Outcome#RUNNING} when the time was over first
     * @throws InterruptedException when the waiting thread is interrupted; the work goes on
     */
    Outcome await(Duration timeout) throws InterruptedException;

    /**
     * Waits for the end of the work for as long as it takes.
     *
     * @return how it ended
     * @throws InterruptedException when the waiting thread is interrupted; the work goes on
     */
    Outcome await() throws InterruptedException;

    /**
     * Waits also while it is held by a gate or a {@code startsAfter}, which pass by themselves, or by an operator; not for what {@code MODE=before} leaves for
     * later. For a process that does nothing but migrate. Before a release that an old instance waits for, it would wait for ever:
     * there say {@code MODE=before}.
     *
     * @param timeout how long at most
     * @return how it ended, or how it stands when the time is over
     * @throws InterruptedException when the waiting thread is interrupted; the work goes on
     */
    Outcome awaitDone(Duration timeout) throws InterruptedException;

    /**
     * How it stands now, without waiting and without asking the database.
     *
     * @return the outcome as far as this instance knows
     */
    Outcome outcome();

    /**
     * Why it stands so, in a sentence for people.
     *
     * @return the sentence
     */
    String message();

    /**
     * How it stands now, as the exit code of a process that has nothing else to do; to be asked before the registry is closed. The
     * JVM ends with 1 too when {@code main} throws, as for a build that is too old or a mode that is none.
     *
     * @return 0 when all that the mode runs is done, {@link Outcome#HELD} by {@code MODE=before} alone included; 1 for
     *     {@link Outcome#FAILED}; 3 for {@link Outcome#HELD} by a gate, a {@code startsAfter} or an operator; 4 for {@link Outcome#RUNNING}, the time is
     *     over; 5 for {@link Outcome#CLOSED}. 3, 4 and 5 are worth another run, 1 is for people
     */
    int exitCode();
}
