package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A signal to end the work after the current batch: for all threads and for good, or for a single thread when its slice ends.
 * Thread-safe.
 */
public final class Stop {
    /** Longer waits are measured in seconds. A long holds about ten times as many nanoseconds. */
    private static final Duration LONG = Duration.ofDays(10_000);

    /** How often a waiting thread asks whether its slice has ended, since nothing wakes it for that. */
    private static final Duration PIECE = Duration.ofMillis(100);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ThreadLocal<@Nullable BooleanSupplier> slices = new ThreadLocal<>();

    /** Creates a signal that hasn't been given. */
    public Stop() {
        // Nothing to set: the latch is the whole state.
    }

    /** Gives the signal. */
    public void stop() {
        stopped.countDown();
    }

    /** {@return whether it was given to all threads} */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Runs work in a slice, whose end is a stop for this thread.
     *
     * @param isOver whether the slice has to end; asked often
     * @param work the work
     * @param <T> the type of its result
     * @return the work's result
     */
    public <T> T inSlice(BooleanSupplier isOver, Supplier<T> work) {
        slices.set(isOver);
        try {
            return work.get();
        } finally {
            slices.remove();
        }
    }

    /** {@return whether this thread has to end with the current batch} */
    public boolean isToEnd() {
        BooleanSupplier isOver = slices.get();
        return isStopped() || isOver != null && isOver.getAsBoolean();
    }

    /**
     * Waits, but not beyond the signal. An interrupt counts as the signal for this wait and all further ones until it is cleared.
     * User code may leave an interrupt behind; the caller of that code clears it.
     *
     * @param time how long at most
     */
    public void await(Duration time) {
        try {
            if (slices.get() == null) {
                awaitAll(time);
            } else {
                awaitSlice(time);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitSlice(Duration time) throws InterruptedException {
        long begun = System.nanoTime();
        Duration left = time;
        while (!isToEnd() && left.compareTo(Duration.ZERO) > 0) {
            awaitAll(left.compareTo(PIECE) < 0 ? left : PIECE);
            left = time.minusNanos(System.nanoTime() - begun);
        }
    }

    private void awaitAll(Duration time) throws InterruptedException {
        // Seconds can express any duration; a user's throttle may ask for a very long one.
        boolean early = time.compareTo(LONG) > 0
                ? stopped.await(time.toSeconds(), TimeUnit.SECONDS)
                : stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        assert !early || isStopped();
    }
}
