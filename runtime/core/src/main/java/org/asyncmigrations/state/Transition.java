package org.asyncmigrations.state;

import static org.asyncmigrations.State.CREATED;
import static org.asyncmigrations.State.DONE;
import static org.asyncmigrations.State.FAILED;
import static org.asyncmigrations.State.PENDING;
import static org.asyncmigrations.State.PROCESSING;

import java.util.EnumSet;
import java.util.Set;
import org.asyncmigrations.State;

/**
 * All legal changes of state, each with its cause; there is no other way from one state to another. Each is one conditional UPDATE
 * that names the states it may come from. Immutable and thread-safe.
 */
public enum Transition {
    /** Its turn has come. */
    READY("ready", "nothing before it is in the way", PENDING, CREATED),
    /** A worker has claimed it. */
    START("started", "a worker has claimed it", PROCESSING, PENDING),
    /** Its work is done, and found to be. */
    FINISH("done", "the work is done and verified", DONE, PROCESSING),
    /** An attempt failed, and others are left. */
    BACK_OFF("attempt failed", "tried again after a while", PENDING, PROCESSING),
    /** A worker that is closed gives its claim back. */
    GIVE_BACK("given back", "its worker was closed", PENDING, PROCESSING),
    /** An attempt failed, and it was the last. */
    FAIL("failed", "attempts used up", FAILED, PROCESSING),
    /** An operator wants it tried again. */
    RETRY("retried", "a retry was asked for", PENDING, State.FAILED),
    /** An operator leaves the rows that could not be changed as they are. */
    ACCEPT("rejects accepted", "an operator leaves the rejects as they are", PENDING, State.FAILED),
    /** A build brings other code for it. */
    NEW_CODE("new code", "the code has changed", PENDING, State.FAILED),
    /** An operator does without it. */
    SKIP("skipped", "an operator counts it as done", DONE, CREATED, PENDING, PROCESSING, State.FAILED);

    private final String event;
    private final String cause;
    private final State to;
    private final Set<State> from;

    Transition(String event, String cause, State to, State first, State... others) {
        this.event = event;
        this.cause = cause;
        this.to = to;
        this.from = EnumSet.of(first, others);
    }

    /** {@return the word in the event table} */
    public String event() {
        return event;
    }

    /** {@return why it happens, in words} */
    public String cause() {
        return cause;
    }

    /** {@return the state that it leads to} */
    public State to() {
        return to;
    }

    /** {@return the states that it may come from} */
    public Set<State> from() {
        return Set.copyOf(from);
    }
}
