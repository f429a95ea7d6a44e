package org.asyncmigrations.testing;

import java.time.Duration;

/** Ends what takes too long: a test that waits for itself would never fail. Used by one thread, besides its own. */
final class Watchdog implements AutoCloseable {
    private final Duration within;
    private final Runnable ending;
    private boolean ended;
    private boolean barked;

    Watchdog(Duration within, Runnable ending) {
        this.within = within;
        this.ending = ending;
        Thread thread = new Thread(this::watch, "async-migrations-test-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        if (isOver()) {
            ending.run();
        }
    }

    private synchronized boolean isOver() {
        long deadline = System.nanoTime() + within.toNanos();
        try {
            for (long left = within.toMillis();
                    !ended && left > 0;
                    left = Duration.ofNanos(deadline - System.nanoTime()).toMillis()) {
                wait(left);
            }
        } catch (InterruptedException nobodyDoes) {
            return false;
        }
        barked = !ended;
        return barked;
    }

    /** Fails if the time is over. */
    synchronized void require() {
        if (barked) {
            throw new AssertionError("the test did not end within " + within
                    + ", and was stopped: the migration waits for its own lock on another connection, never ends, or"
                    + " needs within(…)");
        }
    }

    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
    }
}
