package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The measured speed of a worker. */
class WalkSpeedTest {
    private static final Duration BATCH = Duration.ofMillis(100);

    private final WalkSpeed.Idle idle = new WalkSpeed.Idle();
    private long now;
    private WalkSpeed speed = new WalkSpeed(1, now);

    private long batch(long keys, Duration rest) {
        now += rest.plus(BATCH).toNanos();
        long rate = speed.commits(keys, BATCH, now).keysPerSecond();
        last = speed.committed(BATCH, now);
        return rate;
    }

    private WalkSpeed.Rest last = new WalkSpeed.Rest(Duration.ZERO, Duration.ZERO);

    @Test
    void theFirstBatchTellsTheRateAlready() {
        assertThat(batch(500, Duration.ZERO)).isEqualTo(5_000);
    }

    @Test
    void restsCountAndWhatIsLongAgoDoesNot() {
        for (int i = 0; i < 100; i++) {
            batch(500, Duration.ZERO);
        }
        long rate = 0;
        for (int i = 0; i < 600; i++) {
            rate = batch(500, Duration.ofMillis(400));
        }
        assertThat(rate).isCloseTo(1_000, within(10L));
    }

    @Test
    void theTimeBetweenTwoBatchesIsRestAndPartOfItThrottled() {
        batch(500, Duration.ofSeconds(1));
        assertThat(last.rested()).isZero();
        speed.throttled(Duration.ofSeconds(2).toNanos());
        batch(500, Duration.ofSeconds(3));
        assertThat(last).isEqualTo(new WalkSpeed.Rest(Duration.ofSeconds(3), Duration.ofSeconds(2)));
    }

    @Test
    void aWorkersNextRangeGoesOnWithItsRateUnlessItWasAwayForLong() {
        batch(500, Duration.ZERO);
        idle.giveBack(speed);
        assertThat(idle.take(2, now)).isNotSameAs(speed);
        assertThat(idle.take(1, now)).isSameAs(speed);
        idle.giveBack(speed);
        assertThat(idle.take(1, now + Duration.ofMinutes(2).toNanos())).isNotSameAs(speed);
    }
}
