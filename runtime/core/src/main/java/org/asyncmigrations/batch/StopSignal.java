package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says once and for all that the work is to end at the next batch's end. Safe for threads. */
public final class StopSignal {
    /** A long of nanoseconds holds some ten times as much. */
    private static final Duration LONG = Duration.ofDays(10_000);

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** A signal that has not been given. */
    public StopSignal() {
        // Nothing to set: a latch of one is the whole state.
    }

    /** Gives the signal. */
    public void stop() {
        stopped.countDown();
    }

    /** {@return whether it has been given} */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Waits, but not beyond the signal. An interrupt counts as the signal for this wait, and for each further one until it is
     * cleared: after user code, which may have left it behind, whoever called that clears it.
     *
     * @param time how long at most
     */
    public void await(Duration time) {
        try {
            // In seconds a time of any length has its place; a throttle of the user's may say "for ever".
            boolean early = time.compareTo(LONG) > 0
                    ? stopped.await(time.toSeconds(), TimeUnit.SECONDS)
                    : stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
            assert !early || isStopped();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
