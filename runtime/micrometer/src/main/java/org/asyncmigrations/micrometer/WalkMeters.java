package org.asyncmigrations.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import org.asyncmigrations.BatchEvent;

/** The meters of one batch migration: what this instance has done of it. Used by one thread at a time. */
final class WalkMeters {
    private final Timer batches;
    private final Counter rows;
    private final Counter rejects;
    private final Timer throttled;
    private long countedAt;

    WalkMeters(MeterRegistry registry, Tags tags) {
        batches = Timer.builder(BoundMeters.PREFIX + "batch")
                .description("Transactions of batches that committed")
                .tags(tags)
                .register(registry);
        rows = Counter.builder(BoundMeters.PREFIX + "rows")
                .description("Rows that batches changed")
                .tags(tags)
                .register(registry);
        rejects = Counter.builder(BoundMeters.PREFIX + "rejects")
                .description("Rows that were set aside with their error")
                .tags(tags)
                .register(registry);
        throttled = Timer.builder(BoundMeters.PREFIX + "throttled")
                .description("Time in which a throttle held a worker between two batches")
                .tags(tags)
                .register(registry);
    }

    void count(BatchEvent batch, long now) {
        countedAt = now;
        batches.record(batch.took());
        rows.increment(batch.rows());
        rejects.increment(batch.rejects());
        if (!batch.throttled().isZero()) {
            throttled.record(batch.throttled());
        }
    }

    /** {@return when it last counted, by the clock that {@link #count} was given} */
    long countedAt() {
        return countedAt;
    }

    void remove(MeterRegistry registry) {
        List.of(batches, rows, rejects, throttled).forEach(registry::remove);
    }
}
