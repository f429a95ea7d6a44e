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
 * The close of an instance, on a thread of its own: whoever closes waits for it, unless it waits for whoever closes. Safe for
 * threads.
 */
final class Closing {
    /**
     * How long a listener may take while somebody closes. One that takes longer may be waiting for that close, on another thread;
     * others have sent their message by then.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A step that user code holds up for longer ends without its instance; its claim expires. */
    private static final Duration STEPS = Duration.ofMinutes(1);

    /** A step that walks takes some two seconds; only what waits, or a migration in one piece, takes so much longer. */
    private static final Duration LONG_STEP = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    /** Until somebody notifies. */
    private static final long LONG = Duration.ofHours(1).toMillis();

    private final Runnable ending;
    private final LongSupplier nanoTime;
    private final Map<Thread, Long> steps = new HashMap<>();
    private final Set<Thread> told = new HashSet<>();
    private final Map<Thread, Long> listeners = new HashMap<>();
    private @Nullable Thread thread;
    private boolean ended;

    /** @param ending ends the instance, and waits for the steps; must not throw */
    Closing(Runnable ending, LongSupplier nanoTime) {
        this.ending = ending;
        this.nanoTime = nanoTime;
    }

    /** Does a step, for which a close waits. */
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

    /** Calls a listener, which may close the registry or wait for somebody who does. */
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
     * Closes, or waits for the close that has begun. Returns at once on a thread that the close waits for, and gives up waiting
     * when a listener seems to wait for this call. The close goes on without the caller then.
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

    /** {@return the milliseconds until a listener has taken too long; it counts from the close on at the earliest} */
    private long patience(long begun) {
        long since = Long.MAX_VALUE;
        for (long listening : listeners.values()) {
            since = Math.min(since, Math.max(0, listening - begun));
        }
        return since == Long.MAX_VALUE ? LONG : millisUntil(begun + since + PATIENCE.toNanos());
    }

    /** {@return the thread whose step takes long, for people, null if none does; the log gets its stack, once} */
    synchronized @Nullable String longStep() {
        long now = nanoTime.getAsLong();
        Map.Entry<Thread, Long> oldest =
                steps.entrySet().stream().min(Map.Entry.comparingByValue()).orElse(null);
        if (oldest == null || now - oldest.getValue() < LONG_STEP.toNanos()) {
            return null;
        }
        Thread slow = oldest.getKey();
        String text = "thread " + slow.getName() + " has been at one step for "
                + BackfillPlan.written(Duration.ofNanos(now - oldest.getValue()));
        if (told.add(slow)) {
            LOG.warn(
                    "{}, and works on nothing else meanwhile; it is at{}",
                    text,
                    Arrays.stream(slow.getStackTrace())
                            .map(frame -> "\n\tat " + frame)
                            .collect(Collectors.joining()));
        }
        return text;
    }

    /** Waits until no step is under way, whatever the worker has waited for. */
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
