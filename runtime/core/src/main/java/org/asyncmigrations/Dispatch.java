package org.asyncmigrations;

import java.time.Duration;

/** The work that a {@code dispatch()} has set going. Safe for threads. */
public interface Dispatch {
    /** How a dispatch stands. Immutable, and so safe for threads. */
    enum Outcome {
        /** All migrations that this mode runs are done. */
        DONE,
        /** What is left waits: for the gate, for {@code MODE=after}, or for an operator to resume it. */
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
}
