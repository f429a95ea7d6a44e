package org.asyncmigrations.benchmarks.measure;

import java.util.List;

/** Waits for threads that have been told to end. */
public final class Threads {
    private Threads() {}

    /**
     * Returns when all have ended. An interrupt doesn't shorten the wait, and is set again behind it.
     *
     * @param threads those to wait for; one that was never started counts as ended
     */
    public static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
