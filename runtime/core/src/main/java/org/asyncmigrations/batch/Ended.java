package org.asyncmigrations.batch;

/** How work under a claim ended. */
public enum Ended {
    /** The range is at its end, or the attempt is over and its result is stored. */
    DONE,
    /** The work was told to end. It ended with a batch, and the claim was given back. */
    STOPPED,
    /** A throttle holds the work. It ended with a batch, and the claim was given back. */
    HELD,
    /** The claim was lost. */
    LOST,
    /** It failed, and the failure is stored. */
    FAILED
}
