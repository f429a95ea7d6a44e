package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.asyncmigrations.batch.Brake.Hold;
import org.jspecify.annotations.Nullable;

/**
 * What holds a walk up, and what the walk lets go of meanwhile. What counts is the time since the first "not now" in a row, with
 * the rest that is to follow: a throttle that asks for a second again and again is one long hold. Used by one thread.
 */
final class Holdup {
    /** So long a rest is not worth giving the connection back. */
    private static final Duration SHORT_REST = Duration.ofSeconds(1);

    /** A longer rest is not worth a claim: the range is given back, and asked for again at the worker's next poll. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private @Nullable Hold hold;
    private long since;

    Holdup(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Learns what the brake has said. {@return whether a hold begins with it} */
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

    /** {@return how long to rest before the brake is asked again; zero when nothing holds} */
    Duration rest() {
        return hold == null ? Duration.ZERO : hold.rest();
    }

    /** {@return what holds, empty for nothing} */
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
        // Said in this way no rest, however long, is too much for a sum.
        return rest().compareTo(most.minusNanos(nanoTime.getAsLong() - since)) <= 0;
    }
}
