package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Mode;
import org.asyncmigrations.batch.Stop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The progress of this instance's work, for callers that wait for its end and for workers that wait for something to do.
 * Thread-safe.
 */
final class Progress implements Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    /** Longer than anybody waits, and its nanoseconds fit into a long. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** A pool that has a free connection is faster than this, and people wait up to a second for an answer. */
    private static final Duration LONG_WAIT = Duration.ofMillis(500);

    private final Stop stop;
    private final Activity activity;
    private final Supplier<Duration> waits;
    private volatile Mode mode;
    private Outcome outcome = Outcome.RUNNING;
    private String message = "not dispatched";
    private volatile @Nullable String hindrance;
    private volatile @Nullable String longStep;
    private boolean leftForLater;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long changes;
    private long dispatch;

    /** @param waits how long work has been waiting for a connection so far */
    Progress(Stop stop, Mode mode, Activity activity, Supplier<Duration> waits) {
        this.waits = waits;
        this.stop = stop;
        this.activity = activity;
        this.mode = mode;
    }

    /** {@return the switch that stops all work of this instance} */
    Stop stop() {
        return stop;
    }

    /** {@return what reports the work to people} */
    Activity activity() {
        return activity;
    }

    boolean isStopped() {
        return stop.isStopped();
    }

    /** Begins another dispatch. What steps of earlier ones report is ignored from now on. */
    void begin(Mode in) {
        synchronized (this) {
            mode = in;
            dispatch++;
            stands(dispatch, Outcome.RUNNING, "the work continues", Level.DEBUG);
        }
        changed();
    }

    /** {@return whether after-release migrations run, according to the last dispatch} */
    Mode mode() {
        return mode;
    }

    /** {@return the number of the current dispatch, which changes each time it settles} A step names it in each report. */
    synchronized long dispatch() {
        return dispatch;
    }

    /** The work continues. */
    void runs(long of) {
        stands(of, Outcome.RUNNING, "the work continues", Level.DEBUG);
    }

    /** The work will continue without an order, after something else has happened. */
    void waits(long of, String reason) {
        if (stands(of, Outcome.RUNNING, reason, Level.DEBUG)) {
            activity.waits(Level.INFO, reason);
        }
    }

    /** The same, for a reason that is logged elsewhere. */
    void shows(long of, String reason) {
        stands(of, Outcome.RUNNING, reason, Level.DEBUG);
    }

    /** A thread has been in the same step for a long time; null if none has. */
    void longStep(@Nullable String step) {
        longStep = step;
    }

    /** The work will continue once the database is usable again. */
    void hindered(long of, String reason) {
        hindrance = reason;
        if (stands(of, Outcome.RUNNING, reason, Level.DEBUG)) {
            activity.waits(Level.WARN, reason);
        }
    }

    /** Nothing continues without an order. {@return whether the report is about the current dispatch} */
    synchronized boolean settled(long of, Outcome how, String why) {
        boolean present = stands(of, how, why, how == Outcome.FAILED ? Level.ERROR : Level.INFO);
        if (present) {
            // From now on, reports of steps that read an earlier state are ignored.
            dispatch++;
        }
        return present;
    }

    /** Only what the mode leaves for later is left: held, as requested. {@return as {@link #settled}} */
    synchronized boolean leftForLater(long of, String why) {
        boolean present = settled(of, Outcome.HELD, why);
        leftForLater |= present;
        return present; // Waiting threads are notified already, and read this after the monitor is released.
    }

    private synchronized boolean stands(long of, Outcome how, String why, Level level) {
        if (of != dispatch) {
            return false;
        }
        // If the work ended before the close, the outcome stays.
        boolean late = outcome == Outcome.CLOSED || (how == Outcome.CLOSED && outcome != Outcome.RUNNING);
        leftForLater &= late;
        if (!late && (how != outcome || !why.equals(message))) {
            outcome = how;
            message = why;
            notifyAll();
            activity.say(level, why, null);
        }
        return true;
    }

    /** Something was done, so others may find something to do. */
    void changed() {
        synchronized (this) {
            activity.wentOn();
            changes++;
            notifyAll();
        }
        for (Runnable listener : listeners) {
            tell(listener);
        }
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException failure) {
            LOG.error("a worker could not be notified of a change", failure);
        }
    }

    /** Adds a listener that is called for each change. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Waits for the next change, or until the time is over. */
    synchronized void awaitChange(Duration time) throws InterruptedException {
        long seen = changes;
        long deadline = System.nanoTime() + nanos(time);
        while (seen == changes && !isStopped() && waitUntil(deadline)) {
            // Notified of something else: wait for the rest of the time.
            continue;
        }
    }

    @Override
    public synchronized Outcome await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + nanos(timeout);
        while (outcome == Outcome.RUNNING && waitUntil(deadline)) {
            // Notified of something else: wait for the rest of the time.
            continue;
        }
        return outcome;
    }

    @Override
    public synchronized Outcome awaitDone(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + nanos(timeout);
        while (mayGoOn() && waitUntil(deadline)) {
            // Notified of something else: wait for the rest of the time.
            continue;
        }
        return outcome;
    }

    /** Whether this dispatch may still get further. If a held registry is closed, another instance continues its work. */
    private boolean mayGoOn() {
        return outcome == Outcome.RUNNING || outcome == Outcome.HELD && !leftForLater && !isStopped();
    }

    private static long nanos(Duration time) {
        return (time.compareTo(FOR_EVER) > 0 ? FOR_EVER : time).toNanos();
    }

    /** {@return false if the time is over} */
    private boolean waitUntil(long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        // Rounded up: otherwise, a poll every millisecond wouldn't wait at all.
        wait(Duration.ofNanos(left).toMillis() + 1);
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
    public String message() {
        Duration wait = waits.get();
        String step = longStep;
        synchronized (this) {
            // If the last attempt found the database unusable, that says more than the current wait.
            return outcome != Outcome.RUNNING || wait.compareTo(LONG_WAIT) < 0 || message.equals(hindrance)
                    ? outcome != Outcome.RUNNING || step == null ? message : message + "; " + step
                    : "waits for a connection from its data source, " + BackfillPlan.written(wait)
                            + " so far: the pool has no free connection, or the database does not answer";
        }
    }

    @Override
    public synchronized int exitCode() {
        return switch (outcome) {
            case DONE -> 0;
            // Also the JVM's exit code when main() throws.
            case FAILED -> 1;
            // Not 2, which by convention means wrong usage.
            case HELD -> leftForLater ? 0 : 3;
            case RUNNING -> 4;
            case CLOSED -> 5;
        };
    }
}
