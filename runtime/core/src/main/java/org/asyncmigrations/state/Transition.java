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
 * All legal changes of state, each with its cause. There is no other way from one state to another. Each is one conditional UPDATE
 * that names the states that it may come from.
 */
public enum Transition {
    /** It may run now. */
    READY("ready", "nothing before it blocks it", PENDING, CREATED),
    /** A worker has claimed it. */
    START("started", "a worker has claimed it", PROCESSING, PENDING),
    /** Its work is done and verified. */
    FINISH("done", "the work is done and verified", DONE, PROCESSING),
    /** An attempt failed, and more attempts are left. */
    BACK_OFF("attempt failed", "tried again after a while", PENDING, PROCESSING),
    /** A worker that is being closed gives its claim back. */
    GIVE_BACK("given back", "its worker was closed", PENDING, PROCESSING),
    /** The last attempt failed. */
    FAIL("failed", "attempts used up", FAILED, PROCESSING),
    /** An operator retries it. */
    RETRY("retried", "a retry was asked for", PENDING, State.FAILED),
    /** An operator leaves the rows that couldn't be changed as they are. */
    ACCEPT("rejects accepted", "an operator leaves the rejects as they are", PENDING, State.FAILED),
    /** A build has changed its code. */
    NEW_CODE("new code", "the code has changed", PENDING, State.FAILED),
    /** An operator skips it. */
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

    /** {@return the word in the events table} */
    public String event() {
        return event;
    }

    /** {@return why it happens, in words} */
    public String cause() {
        return cause;
    }

    /** {@return the resulting state} */
    public State to() {
        return to;
    }

    /** {@return the states that it may come from} */
    public Set<State> from() {
        return Set.copyOf(from);
    }
}
