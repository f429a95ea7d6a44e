package org.asyncmigrations.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A share of the time. */
class LoadShareTest {
    @ParameterizedTest
    @CsvSource({"0.25,100,0,300", "0.25,100,100,200", "0.5,80,0,80", "0.9,90,0,10", "0.01,1000,0,99000"})
    void aWorkerRestsForTheRestOfTheTime(double share, long batch, long rested, long left) throws Exception {
        Answer answer = Throttles.load(share).ask(after(batch, rested));
        assertThat(answer.goesOn()).isFalse();
        assertThat(answer.unhealthy()).isFalse();
        assertThat(answer.askAgainAfter()).isCloseTo(Duration.ofMillis(left), Duration.ofNanos(1_000));
    }

    @ParameterizedTest
    @CsvSource({"0.25,100,300", "0.25,0,0", "1,100,0", "0.5,1,1"})
    void aWorkerThatHasRestedGoesOn(double share, long batch, long rested) throws Exception {
        assertThat(Throttles.load(share).ask(after(batch, rested))).isEqualTo(Answer.goOn());
    }

    @ParameterizedTest
    @CsvSource({"0.25,25", "0.1,10", "0.125,12.5", "0.005,0.5"})
    void theReasonIsAPercentage(double share, String percent) throws Exception {
        assertThat(Throttles.load(share).ask(after(100, 0)).reason())
                .isEqualTo("works " + percent + " % of the time, as load allows");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareIsMoreThanNothingAndAtMostAll(double share) {
        assertThatThrownBy(() -> Throttles.load(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("load must be more than 0 and at most 1");
    }

    @Test
    void aVeryLongBatchAndAVerySmallShareAreNoOverflow() throws Exception {
        Answer answer = Throttles.load(1e-9).ask(AskedRun.after(Duration.ofDays(30), Duration.ofMinutes(1)));
        assertThat(answer.askAgainAfter()).isGreaterThan(Duration.ofDays(365));
    }

    private static ThrottleRun after(long batch, long rested) {
        return AskedRun.after(Duration.ofMillis(batch), Duration.ofMillis(rested));
    }
}
