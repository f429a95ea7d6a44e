package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.asyncmigrations.batch.Brake.Hold;
import org.jspecify.annotations.Nullable;

/**
 * What holds up a walk, and whether the walk keeps its connection and its claim meanwhile. This depends on the time since the first
 * "not now" in a row plus the rest that follows: a throttle that asks for a second again and again counts as one long hold. Used by
 * one thread.
 */
final class BatchPause {
    /** Up to this rest, the walk keeps its connection. */
    private static final Duration SHORT_REST = Duration.ofSeconds(1);

    /** Up to this rest, the walk keeps its claim. For a longer one, the range is given back and claimed again at a later poll. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private @Nullable Hold hold;
    private long since;

    BatchPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes the brake's answer. {@return whether a hold begins with it} */
    boolean begins(@Nullable Hold said) {
        boolean begins = hold == null && said != null;
        if (begins) {
            since = nanoTime.getAsLong();
        }
        hold = said;
        return begins;
    }

    /** {@return whether there is something to wait for} */
    boolean lasts() {
        return hold != null;
    }

    /** {@return how long to rest before the brake is asked again; zero if nothing holds} */
    Duration rest() {
        return hold == null ? Duration.ZERO : hold.rest();
    }

    /** {@return the reason, empty for none} */
    String reason() {
        return hold == null ? "" : hold.reason();
    }

    boolean keepsConnection() {
        return isWithin(SHORT_REST);
    }

    boolean endsWalk() {
        return hold != null && (hold.endsWalk() || !isWithin(LONGEST_REST));
    }

    private boolean isWithin(Duration most) {
        // Written as a subtraction, so that a very long rest doesn't overflow.
        return rest().compareTo(most.minusNanos(nanoTime.getAsLong() - since)) <= 0;
    }
}
