package org.asyncmigrations;

import java.time.Duration;

/** The work that a {@code dispatch()} has started. Thread-safe. */
public interface Dispatch {
    /** The outcome of a dispatch. */
    enum Outcome {
        /** All migrations that this mode runs are done. */
        DONE,
        /** The rest waits: for the gate, for {@code MODE=after}, for its {@code startsAfter}, or for an operator. */
        HELD,
        /** A migration has failed, or the state tables can't be used; {@link Dispatch#message()} says which and why. */
        FAILED,
        /** The registry was closed before the end. The next instance continues from there. */
        CLOSED,
        /** The work is still going on; a wait returns this when its time is over. */
        RUNNING
    }

    /**
     * Waits until the work has ended. This doesn't slow the work down.
     *
     * @param timeout the longest time to wait
     * @return how it ended, or {@link Outcome#RUNNING} after the timeout
     * @throws InterruptedException if the waiting thread is interrupted; the work continues
     */
    Outcome await(Duration timeout) throws InterruptedException;

    /**
     * Waits until the work has ended, without a time limit.
     *
     * @return how it ended
     * @throws InterruptedException if the waiting thread is interrupted; the work continues
     */
    Outcome await() throws InterruptedException;

    /**
     * Waits until the work is done. Unlike {@link #await(Duration)}, it keeps waiting for gates, for {@code startsAfter} and for
     * operators. It doesn't wait for what {@code MODE=before} leaves out. It is meant for a process that only migrates. If old
     * instances run until this process has ended, the gate can't open, and this call waits for the whole timeout: use
     * {@code MODE=before} there.
     *
     * @param timeout the longest time to wait
     * @return how it ended, or the current outcome after the timeout
     * @throws InterruptedException if the waiting thread is interrupted; the work continues
     */
    Outcome awaitDone(Duration timeout) throws InterruptedException;

    /**
     * The current outcome, without waiting and without a query.
     *
     * @return the outcome as far as this instance knows
     */
    Outcome outcome();

    /**
     * The reason for the current outcome, in a sentence for people.
     *
     * @return the sentence
     */
    String message();

    /**
     * The current outcome as an exit code, for a process that only migrates. Ask for it before you close the registry. The JVM also
     * exits with 1 if {@code main} throws, for example because the build is too old or the mode is invalid.
     *
     * @return 0 if everything that the mode runs is done, even if {@code MODE=before} leaves the rest {@link Outcome#HELD}; 1 for
     *     {@link Outcome#FAILED}; 3 for {@link Outcome#HELD} by a gate, a {@code startsAfter} or an operator; 4 for
     *     {@link Outcome#RUNNING}, when the time is over; 5 for {@link Outcome#CLOSED}. Run the process again after 3, 4 and 5; 1
     *     needs a person
     */
    int exitCode();
}
