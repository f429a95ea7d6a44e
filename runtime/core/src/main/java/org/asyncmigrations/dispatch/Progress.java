package org.asyncmigrations.dispatch;

import java.time.Duration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.batch.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this instance's work stands, for those who wait for its end and for its workers that wait for something to do. Safe for threads. */
final class Progress implements Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final StopSignal stop;
    private Outcome outcome = Outcome.RUNNING;
    private String message = "not dispatched";
    private long changes;

    Progress(StopSignal stop) {
        this.stop = stop;
    }

    boolean isStopped() {
        return stop.isStopped();
    }

    /** The work goes on. */
    void runs() {
        stands(Outcome.RUNNING, "the work goes on");
    }

    /** The work goes on when something has passed. */
    void waits(String reason) {
        stands(Outcome.RUNNING, reason);
    }

    /** Nothing goes on by itself. */
    void settled(Outcome how, String why) {
        stands(how, why);
    }

    private synchronized void stands(Outcome how, String why) {
        boolean news = how != outcome || (how != Outcome.RUNNING && !why.equals(message));
        if (outcome == Outcome.CLOSED || (!news && why.equals(message))) {
            return;
        }
        boolean told = !why.equals(message);
        outcome = how;
        message = why;
        if (how == Outcome.FAILED && news) {
            LOG.error("async migrations: {}", why);
        } else if (told && how != Outcome.RUNNING) {
            LOG.info("async migrations: {}", why);
        } else if (told) {
            LOG.debug("async migrations: {}", why);
        }
        notifyAll();
    }

    /** Something was done: others may find something to do. */
    synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** Waits for the next change, or until the time is over. */
    synchronized void awaitChange(Duration time) throws InterruptedException {
        long seen = changes;
        long deadline = System.nanoTime() + time.toNanos();
        while (seen == changes && !isStopped() && waitUntil(deadline)) {
            // Told of something else: the rest of the time is still to be waited.
            continue;
        }
    }

    @Override
    public synchronized Outcome await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (outcome == Outcome.RUNNING && waitUntil(deadline)) {
            // Told of something else: the rest of the time is still to be waited.
            continue;
        }
        return outcome;
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
