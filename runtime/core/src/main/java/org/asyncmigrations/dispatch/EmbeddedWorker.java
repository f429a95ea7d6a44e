package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Daemon threads of this process. Safe for threads. */
final class EmbeddedWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedWorker.class);

    private final List<Thread> threads = new ArrayList<>();
    private volatile long starts;
    private volatile boolean closed;

    @Override
    public synchronized void start(Work work) {
        starts++;
        threads.removeIf(thread -> !thread.isAlive());
        for (int number = threads.size(); !closed && number < work.threads(); number++) {
            Thread thread = new Thread(() -> run(work), "async-migrations-" + (number + 1));
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(Work work) {
        try {
            long seen;
            do {
                seen = starts;
                untilFinished(work);
            } while (!ends(seen));
        } catch (InterruptedException interrupted) {
            // Nobody but a container that ends interrupts these threads; claims expire by themselves.
            LOG.info("{} was interrupted and ends", Thread.currentThread().getName());
        }
    }

    private void untilFinished(Work work) throws InterruptedException {
        Step step = Step.WORKED;
        while (!closed && step != Step.FINISHED) {
            step = work.step();
            if (step == Step.IDLE) {
                work.awaitChange(work.pollEvery());
            }
        }
    }

    /** A thread that has just finished looks alive to a start that comes now: either that start or this thread sees the other. */
    private synchronized boolean ends(long seen) {
        if (seen != starts && !closed) {
            return false;
        }
        threads.remove(Thread.currentThread());
        return true;
    }

    @Override
    public void close() {
        closed = true;
        List<Thread> running;
        synchronized (this) {
            running = List.copyOf(threads);
        }
        for (Thread thread : running) {
            join(thread);
        }
    }

    /** The steps have been told to stop by whoever closes; each thread ends with its step. */
    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofMinutes(1).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
