package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What must have been replayed by now; times are in milliseconds. */
class WalSamplesTest {
    private final WalSamples samples = new WalSamples(Duration.ofMillis(1_000));

    @Test
    void nothingIsDueBeforeTheLimitHasPassed() {
        assertThat(samples.due(nanos(0))).isEmpty();
        add(100, 0);
        assertThat(samples.due(nanos(1_000))).isEmpty();
        assertThat(samples.due(nanos(1_001))).hasValue(100);
    }

    @Test
    void theNewestEndThatIsOldEnoughIsDue() {
        add(100, 0);
        add(200, 500);
        add(300, 1_000);
        assertThat(samples.due(nanos(1_200))).hasValue(100);
        assertThat(samples.due(nanos(1_600))).hasValue(200);
        assertThat(samples.due(nanos(1_700))).hasValue(200);
        assertThat(samples.due(nanos(99_000))).hasValue(300);
    }

    @Test
    void anotherPrimaryBeginsAnew() {
        add(100, 0);
        add(90, 5_000);
        assertThat(samples.due(nanos(6_000))).isEmpty();
        assertThat(samples.due(nanos(6_001))).hasValue(90);
    }

    @Test
    void samplesAreAHundredthOfTheLimitApart() {
        add(100, 0);
        add(200, 9);
        add(300, 10);
        assertThat(samples.due(nanos(1_009))).hasValue(100);
        assertThat(samples.due(nanos(1_010))).hasValue(100);
        assertThat(samples.due(nanos(1_011))).hasValue(300);
    }

    private void add(long end, long millis) {
        samples.add(end, nanos(millis));
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
