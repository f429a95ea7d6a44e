package org.asyncmigrations.dispatch;

import java.time.Duration;

/** What there is to do, a step at a time. Safe for threads: several may call {@link #step()} at once. */
public interface Work {
    /**
     * Does the next thing, whatever it is: registers, claims and walks a range, runs a migration. Never throws.
     *
     * @return what to do next
     */
    Step step();

    /**
     * How many workers this instance is to have.
     *
     * @return 1 or more
     */
    int threads();

    /**
     * How long a worker with nothing to do waits before it asks again.
     *
     * @return the time
     */
    Duration pollEvery();

    /**
     * Waits until there may be something to do: this instance has changed something, or the time is over.
     *
     * @param time how long at most
     * @throws InterruptedException when the waiting thread is interrupted
     */
    void awaitChange(Duration time) throws InterruptedException;
}
