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
    private volatile boolean closed;

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
            Step step = work.step();
            if (Thread.interrupted()) {
                LOG.debug("a migration has left its thread interrupted");
            }
            if (step.kind() == Step.Kind.IDLE) {
                work.awaitChange(step.again());
            } else if (step.kind() == Step.Kind.FINISHED && ends(seen)) {
                return;
            }
        }
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
        closed = true;
        List<Thread> running;
        synchronized (this) {
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
