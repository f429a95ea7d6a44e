package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.asyncmigrations.BackfillPlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes an instance on a thread of its own. Callers of {@code close()} wait for it, except on threads that the close itself waits
 * for. Thread-safe.
 */
final class Closing {
    /**
     * How long a listener may take during a close. A listener that takes longer may itself be waiting for the close, on another
     * thread. Most have sent their message by then.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How long a close waits for steps. If user code takes longer, the instance ends first, and the step's claim expires. */
    private static final Duration STEPS = Duration.ofMinutes(1);

    /** A step takes this long only if it waits or runs a migration in one piece. A step that walks takes about two seconds. */
    private static final Duration LONG_STEP = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    /** In effect no limit: {@code notifyAll()} ends the wait. */
    private static final long LONG = Duration.ofHours(1).toMillis();

    private final Runnable ending;
    private final LongSupplier nanoTime;
    private final Map<Thread, Long> steps = new HashMap<>();
    private final Set<Thread> told = new HashSet<>();
    private final Map<Thread, Long> listeners = new HashMap<>();
    private @Nullable Thread thread;
    private boolean ended;

    /** @param ending ends the instance and waits for the steps; must not throw */
    Closing(Runnable ending, LongSupplier nanoTime) {
        this.ending = ending;
        this.nanoTime = nanoTime;
    }

    /** Does a step. A close waits for it. */
    Step.Kind step(Supplier<Step.Kind> step) {
        Thread current = Thread.currentThread();
        synchronized (this) {
            steps.put(current, nanoTime.getAsLong());
        }
        try {
            return step.get();
        } finally {
            synchronized (this) {
                steps.remove(current);
                told.remove(current);
                notifyAll();
            }
        }
    }

    /** Calls a listener. It may close the registry, or wait for somebody who does. */
    void listener(Runnable call) {
        Thread current = Thread.currentThread();
        boolean isOutermost;
        synchronized (this) {
            isOutermost = listeners.putIfAbsent(current, System.nanoTime()) == null;
            notifyAll();
        }
        try {
            call.run();
        } finally {
            if (isOutermost) {
                synchronized (this) {
                    listeners.remove(current);
                    notifyAll();
                }
            }
        }
    }

    /**
     * Closes, or waits for a close that has started. Returns at once on a thread that the close waits for, and stops waiting if a
     * listener seems to wait for this call. The close then continues in the background.
     */
    void close() {
        synchronized (this) {
            if (thread == null) {
                thread = new Thread(this::run, "async-migrations-end");
                thread.setDaemon(true);
                thread.start();
            }
        }
        try {
            awaitEnd();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            ending.run();
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    private synchronized void awaitEnd() throws InterruptedException {
        Thread current = Thread.currentThread();
        boolean isOurs = current == thread || steps.containsKey(current) || listeners.containsKey(current);
        long begun = System.nanoTime();
        while (!isOurs && !ended) {
            long left = patience(begun);
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** {@return the milliseconds until a listener has taken too long, counted from the start of the close at the earliest} */
    private long patience(long begun) {
        long since = Long.MAX_VALUE;
        for (long listening : listeners.values()) {
            since = Math.min(since, Math.max(0, listening - begun));
        }
        return since == Long.MAX_VALUE ? LONG : millisUntil(begun + since + PATIENCE.toNanos());
    }

    /** {@return a text about the thread whose step takes long, null if there is none} Logs the thread's stack once. */
    synchronized @Nullable String longStep() {
        long now = nanoTime.getAsLong();
        Map.Entry<Thread, Long> oldest =
                steps.entrySet().stream().min(Map.Entry.comparingByValue()).orElse(null);
        if (oldest == null || now - oldest.getValue() < LONG_STEP.toNanos()) {
            return null;
        }
        Thread slow = oldest.getKey();
        String text = "thread " + slow.getName() + " has been in the same step for "
                + BackfillPlan.written(Duration.ofNanos(now - oldest.getValue()));
        if (told.add(slow)) {
            LOG.warn(
                    "{}, and does nothing else in the meantime; its stack:{}",
                    text,
                    Arrays.stream(slow.getStackTrace())
                            .map(frame -> "\n\tat " + frame)
                            .collect(Collectors.joining()));
        }
        return text;
    }

    /** Waits until no step is running, whether or not the worker waited for its steps. */
    synchronized void awaitSteps() {
        long deadline = System.nanoTime() + STEPS.toNanos();
        try {
            for (long left = millisUntil(deadline); !steps.isEmpty() && left > 0; left = millisUntil(deadline)) {
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisUntil(long deadline) {
        long left = deadline - System.nanoTime();
        return left <= 0 ? 0 : Duration.ofNanos(left).toMillis() + 1;
    }
}
