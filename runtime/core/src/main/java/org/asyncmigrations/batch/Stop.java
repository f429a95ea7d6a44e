package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says once and for all that the work is to end at the next batch's end, and to a thread in a slice of its own that this slice is.
 * Safe for threads.
 */
public final class Stop {
    /** A long of nanoseconds holds some ten times as much. */
    private static final Duration LONG = Duration.ofDays(10_000);

    /** How often a thread that waits asks whether its slice is to end: nobody wakes it for that. */
    private static final Duration PIECE = Duration.ofMillis(100);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ThreadLocal<@Nullable BooleanSupplier> slices = new ThreadLocal<>();

    /** A signal that has not been given. */
    public Stop() {
        // Nothing to set: a latch of one is the whole state.
    }

    /** Gives the signal. */
    public void stop() {
        stopped.countDown();
    }

    /** {@return whether it has been given, to all} */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Works in a slice, whose end is a stop for this thread.
     *
     * @param isOver whether the slice is to end; asked often
     * @param work the work
     * @param <T> what it returns
     * @return the same
     */
    public <T> T inSlice(BooleanSupplier isOver, Supplier<T> work) {
        slices.set(isOver);
        try {
            return work.get();
        } finally {
            slices.remove();
        }
    }

    /** {@return whether this thread is to end at the next batch's end} */
    public boolean isToEnd() {
        BooleanSupplier isOver = slices.get();
        return isStopped() || isOver != null && isOver.getAsBoolean();
    }

    /**
     * Waits, but not beyond the signal. An interrupt counts as the signal for this wait, and for each further one until it is
     * cleared: after user code, which may have left it behind, whoever called that clears it.
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
        // In seconds a time of any length has its place; a throttle of the user's may say "for ever".
        boolean early = time.compareTo(LONG) > 0
                ? stopped.await(time.toSeconds(), TimeUnit.SECONDS)
                : stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
        assert !early || isStopped();
    }
}
