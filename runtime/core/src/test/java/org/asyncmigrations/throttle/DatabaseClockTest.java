package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The database's clock, without a query for each reading. */
class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(-5);
    private final DatabaseClock clock = new DatabaseClock(nanos::get);

    @Test
    void withinASecondThisMachineCountsOn() {
        assertThat(clock.now(at(NOON))).isEqualTo(NOON);
        nanos.addAndGet(Duration.ofMillis(999).toNanos());
        assertThat(clock.now(at(Instant.MAX))).isEqualTo(NOON.plusMillis(999));
    }

    @Test
    void afterASecondTheDatabaseIsAskedAgain() {
        clock.now(at(NOON));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(clock.now(at(NOON.minusSeconds(60)))).isEqualTo(NOON.minusSeconds(60));
    }

    private static ThrottleRun at(Instant time) {
        return new AskedRun(AskedRun.after(Duration.ZERO, Duration.ZERO).dsl(), time, Duration.ZERO, Duration.ZERO);
    }
}
