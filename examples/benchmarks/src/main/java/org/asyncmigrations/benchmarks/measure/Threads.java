package org.asyncmigrations.benchmarks.measure;

import java.util.List;

/** Waits for threads that have been told to end. */
public final class Threads {
    private Threads() {}

    /**
     * Returns when all have ended. An interrupt doesn't shorten the wait; the thread's interrupt flag is set again afterwards.
     *
     * @param threads the threads to wait for; one that was never started counts as ended
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
