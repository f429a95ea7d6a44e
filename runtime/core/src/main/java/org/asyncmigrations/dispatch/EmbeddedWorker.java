package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Daemon threads of this process. Safe for threads. */
final class EmbeddedWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedWorker.class);

    /** Longer than a batch, and than what a migration in one piece is given before its statement is cancelled. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Thread> threads = new ArrayList<>();
    private long starts;
    private long changes;
    private boolean polled;
    private volatile boolean closed;

    @Override
    public void attach(Work work) {
        work.onChange(this::changed);
    }

    private synchronized void changed() {
        changes++;
        notifyAll();
    }

    @Override
    public synchronized void start(Work work) {
        starts++;
        for (int number = threads.size(); !closed && number < work.threads(); number++) {
            Thread thread = new Thread(() -> run(work), "async-migrations-" + (number + 1));
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(Work work) {
        try {
            untilFinished(work);
        } catch (InterruptedException interrupted) {
            // Nobody but a container that ends interrupts these threads; claims expire by themselves.
            LOG.info("{} was interrupted and ends", Thread.currentThread().getName());
        } finally {
            forget(Thread.currentThread());
        }
    }

    private void untilFinished(Work work) throws InterruptedException {
        while (!closed) {
            long seen = starts();
            long before = changes();
            Step step = work.step();
            if (Thread.interrupted()) {
                LOG.debug("a migration has left its thread interrupted");
            }
            if (step.kind() == Step.Kind.IDLE) {
                rest(before, step.again());
            } else if (step.kind() == Step.Kind.FINISHED && ends(seen)) {
                return;
            }
        }
    }

    private synchronized long changes() {
        return changes;
    }

    /**
     * Waits for a change since the step began, or for the time to be over. One thread waits for the time, and the others for a change
     * or for the place of that one: what there is nothing to do about is asked for once, whatever the number of threads.
     */
    private synchronized void rest(long before, Duration time) throws InterruptedException {
        while (before == changes && !closed) {
            if (polled) {
                wait();
            } else {
                polled = true;
                try {
                    if (isOver(before, time)) {
                        return;
                    }
                } finally {
                    polled = false;
                    notifyAll();
                }
            }
        }
    }

    /** Waits. {@return whether the time is over and nothing has changed} */
    private boolean isOver(long before, Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            // Rounded up: a poll each millisecond would else be one without a wait.
            wait(Duration.ofNanos(left).toMillis() + 1);
            if (before != changes || closed) {
                return false;
            }
        }
        return true;
    }

    private synchronized void forget(Thread ended) {
        threads.remove(ended);
    }

    private synchronized long starts() {
        return starts;
    }

    /** Ends this thread, unless there was another start since the step began: nobody else would work for that one. */
    private synchronized boolean ends(long seen) {
        return seen == starts && threads.remove(Thread.currentThread());
    }

    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            notifyAll();
            running = List.copyOf(threads);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : running) {
            join(thread, deadline);
        }
    }

    /** The steps have been told to stop by whoever closes; each thread ends with its step. */
    private static void join(Thread thread, long deadline) {
        try {
            thread.join(
                    Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
