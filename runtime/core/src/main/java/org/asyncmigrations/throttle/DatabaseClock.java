package org.asyncmigrations.throttle;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The database's clock. It is read once a second; in between, this machine's stop watch is added. Thread-safe. */
final class DatabaseClock {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private volatile @Nullable Reading last;

    DatabaseClock() {
        this(System::nanoTime);
    }

    /** With another stop watch, for tests. */
    DatabaseClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Instant now(ThrottleRun run) {
        long nanos = nanoTime.getAsLong();
        Reading reading = last;
        if (reading == null || nanos - reading.nanos() >= FRESH_NANOS) {
            reading = new Reading(run.now(), nanos);
            last = reading;
        }
        return reading.time().plusNanos(nanos - reading.nanos());
    }

    private record Reading(Instant time, long nanos) {}
}
