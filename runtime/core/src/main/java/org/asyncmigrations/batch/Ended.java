package org.asyncmigrations.batch;

/** How work under a claim ended. */
public enum Ended {
    /** It is done: the range is at its end, or the attempt has said how it ended. */
    DONE,
    /** At a batch's end, because the work is to end; the claim was given back. */
    STOPPED,
    /** At a batch's end, because a throttle says so; the claim was given back. */
    HELD,
    /** Because the claim no longer held. */
    LOST,
    /** With a failure, which is written down. */
    FAILED
}
