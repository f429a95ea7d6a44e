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

/** How this instance's work stands, for those who wait for its end and for its workers that wait for something to do. Safe for threads. */
final class Progress implements Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    /** More than anybody waits, and what a long of nanoseconds holds. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** A pool that has a connection gives it in less, and people wait a second for an answer. */
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

    /** @param waits how long work has been waiting for a connection by now */
    Progress(Stop stop, Mode mode, Activity activity, Supplier<Duration> waits) {
        this.waits = waits;
        this.stop = stop;
        this.activity = activity;
        this.mode = mode;
    }

    /** {@return what ends all work of this instance} */
    Stop stop() {
        return stop;
    }

    /** {@return what tells people how it stands} */
    Activity activity() {
        return activity;
    }

    boolean isStopped() {
        return stop.isStopped();
    }

    /** Begins another dispatch: what steps of earlier ones find does not count any more. */
    void begin(Mode in) {
        synchronized (this) {
            mode = in;
            dispatch++;
            stands(dispatch, Outcome.RUNNING, "the work goes on", Level.DEBUG);
        }
        changed();
    }

    /** {@return whether after-release migrations run, as the last dispatch says} */
    Mode mode() {
        return mode;
    }

    /** {@return the number of the present dispatch, another one each time it has settled; a step names it in all that it says} */
    synchronized long dispatch() {
        return dispatch;
    }

    /** The work goes on. */
    void runs(long of) {
        stands(of, Outcome.RUNNING, "the work goes on", Level.DEBUG);
    }

    /** The work goes on when something has passed that passes by itself. */
    void waits(long of, String reason) {
        if (stands(of, Outcome.RUNNING, reason, Level.DEBUG)) {
            activity.waits(Level.INFO, reason);
        }
    }

    /** The same, for a reason that has its own line already. */
    void shows(long of, String reason) {
        stands(of, Outcome.RUNNING, reason, Level.DEBUG);
    }

    /** A thread has been at one step for long, null when none has. */
    void longStep(@Nullable String step) {
        longStep = step;
    }

    /** The work goes on when the database can be worked with again. */
    void hindered(long of, String reason) {
        hindrance = reason;
        if (stands(of, Outcome.RUNNING, reason, Level.DEBUG)) {
            activity.waits(Level.WARN, reason);
        }
    }

    /** Nothing goes on by itself. {@return whether that is of the present dispatch} */
    synchronized boolean settled(long of, Outcome how, String why) {
        boolean present = stands(of, how, why, how == Outcome.FAILED ? Level.ERROR : Level.INFO);
        if (present) {
            // A step that read the state before this does not say any more that the work goes on.
            dispatch++;
        }
        return present;
    }

    /** Nothing is left but what the mode leaves for later: held, as was asked for. {@return as {@link #settled}} */
    synchronized boolean leftForLater(long of, String why) {
        boolean present = settled(of, Outcome.HELD, why);
        leftForLater |= present;
        return present; // Whoever waits is told by now, and reads when this monitor is free.
    }

    private synchronized boolean stands(long of, Outcome how, String why, Level level) {
        if (of != dispatch) {
            return false;
        }
        // What has ended before the close has not ended by it.
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

    /** Something was done: others may find something to do. */
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
            LOG.error("a worker could not be told that there may be something to do", failure);
        }
    }

    /** Has somebody told of each change. */
    void onChange(Runnable listener) {
        listeners.add(listener);
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

    @Override
    public synchronized Outcome awaitDone(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + nanos(timeout);
        while (mayGoOn() && waitUntil(deadline)) {
            // Told of something else: the rest of the time is still to be waited.
            continue;
        }
        return outcome;
    }

    /** What is held when its registry is closed is gone on with by another instance. */
    private boolean mayGoOn() {
        return outcome == Outcome.RUNNING || outcome == Outcome.HELD && !leftForLater && !isStopped();
    }

    private static long nanos(Duration time) {
        return (time.compareTo(FOR_EVER) > 0 ? FOR_EVER : time).toNanos();
    }

    /** {@return false when the time is over} */
    private boolean waitUntil(long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        // Rounded up: a poll each millisecond would else be one without a wait.
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
            // What the last try has met says more than that the next one waits.
            return outcome != Outcome.RUNNING || wait.compareTo(LONG_WAIT) < 0 || message.equals(hindrance)
                    ? outcome != Outcome.RUNNING || step == null ? message : message + "; " + step
                    : "waits for a connection of its data source, " + BackfillPlan.written(wait)
                            + " so far: the pool has none to give, or the database does not answer";
        }
    }

    @Override
    public synchronized int exitCode() {
        return switch (outcome) {
            case DONE -> 0;
            // Also what the JVM ends with when its main method throws.
            case FAILED -> 1;
            // Not 2, by which programs say that they were called in a wrong way.
            case HELD -> leftForLater ? 0 : 3;
            case RUNNING -> 4;
            case CLOSED -> 5;
        };
    }
}
