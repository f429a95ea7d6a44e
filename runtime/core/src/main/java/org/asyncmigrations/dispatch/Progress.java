package org.asyncmigrations.dispatch;

import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.batch.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** How this instance's work stands, for those who wait for its end and for its workers that wait for something to do. Safe for threads. */
final class Progress implements Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    /** More than anybody waits, and what a long of nanoseconds holds. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final StopSignal stop;
    private Outcome outcome = Outcome.RUNNING;
    private String message = "not dispatched";
    private long changes;
    private long round;

    Progress(StopSignal stop) {
        this.stop = stop;
    }

    boolean isStopped() {
        return stop.isStopped();
    }

    /** Begins another dispatch: what steps of earlier ones find does not count any more. */
    synchronized void begin() {
        dispatch++;
        stands(dispatch, Outcome.RUNNING, "the work goes on", Level.DEBUG);
        changed();
    }

    /** {@return the number of the present dispatch, which a step names in all that it says} */
    synchronized long dispatch() {
        return dispatch;
    }

    /** The work goes on. */
    void runs(long of) {
        stands(of, Outcome.RUNNING, "the work goes on", Level.DEBUG);
    }

    /** The work goes on when something has passed that passes by itself. */
    void waits(long of, String reason) {
        stands(of, Outcome.RUNNING, reason, Level.DEBUG);
    }

    /** The database keeps the work from going on; nobody may have to look for that. */
    synchronized void hindered(String reason) {
        boolean news = !reason.equals(message);
        stands(Outcome.RUNNING, reason);
        if (news) {
            LOG.warn("async migrations: {}", reason);
        }
    }

    /** Nothing goes on by itself. */
    void settled(Outcome how, String why) {
        stands(how, why);
    }

    /** Nothing goes on by itself, as a step has found. {@return false when a dispatch has come since the step began} */
    synchronized boolean settled(long begun, Outcome how, String why) {
        if (begun != round) {
            return false;
        }
        stands(how, why);
        return true;
    }

    /** A dispatch begins: what steps that began before it find does not say how it ends. */
    synchronized void begins() {
        round++;
    }

    /** {@return which dispatch a step belongs to that begins now} */
    synchronized long round() {
        return round;
    }

    private synchronized void stands(Outcome how, String why) {
        boolean news = how != outcome || (how != Outcome.RUNNING && !why.equals(message));
        boolean late = outcome == Outcome.CLOSED || (how == Outcome.CLOSED && outcome != Outcome.RUNNING);
        if (late || (!news && why.equals(message))) {
            return;
        }
        if (outcome != Outcome.CLOSED && (how != outcome || !why.equals(message))) {
            outcome = how;
            message = why;
            LOG.atLevel(level).log("async migrations: {}", why);
            notifyAll();
        }
        return true;
    }

    /** Something was done: others may find something to do. */
    synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** Waits for the next change, or until the time is over. */
    synchronized void awaitChange(Duration time) throws InterruptedException {
        long seen = changes;
        long deadline = System.nanoTime() + nanos(time);
        while (seen == changes && !isStopped() && waitUntil(deadline)) {
            // Told of something else: the rest of the time is still to be waited.
            continue;
        }
    }

    @Override
    public synchronized Outcome await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + nanos(timeout);
        while (outcome == Outcome.RUNNING && waitUntil(deadline)) {
            // Told of something else: the rest of the time is still to be waited.
            continue;
        }
        return outcome;
    }

    private static long nanos(Duration time) {
        if (time.isNegative()) {
            return 0;
        }
        return (time.compareTo(FOR_EVER) > 0 ? FOR_EVER : time).toNanos();
    }

    /** {@return false when the time is over} */
    private boolean waitUntil(long deadline) throws InterruptedException {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
            return false;
        }
        wait(millis);
        return true;
    }

    @Override
    public synchronized Outcome await() throws InterruptedException {
        while (outcome == Outcome.RUNNING) {
            wait();
        }
        return outcome;
    }

    @Override
    public synchronized Outcome outcome() {
        return outcome;
    }

    @Override
    public synchronized String message() {
        return message;
    }
}
