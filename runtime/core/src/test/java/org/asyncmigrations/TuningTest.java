package org.asyncmigrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be tuned, and how it is written. */
class TuningTest {
    private static final String ALL = "targetBatchTime=PT0.05S workers=1 load=0.25 batchSize=1000";

    @Test
    void itIsWrittenInOneOrderAndReadBack() {
        Tuning tuning = Tuning.batchSize(1_000).load(0.25).workers(1).targetBatchTime(Duration.ofMillis(50));
        assertThat(tuning).hasToString(ALL).isEqualTo(Tuning.of(ALL));
        assertThat(Tuning.of(ALL).targetBatchTime()).isEqualTo(Duration.ofMillis(50));
        assertThat(Tuning.of(ALL).workers()).isEqualTo(1);
        assertThat(Tuning.of(ALL).load()).isEqualTo(0.25);
        assertThat(Tuning.of(ALL).batchSize()).isEqualTo(1_000);
        assertThat(Tuning.of(null)).isEqualTo(Tuning.none()).hasToString("");
    }

    @Test
    void whatItNamesChangesAndTheRestStays() {
        Tuning before = Tuning.workers(1).load(0.25);
        assertThat(before.changedBy(Tuning.load(0.5))).hasToString("workers=1 load=0.5");
        assertThat(before.changedBy(Tuning.none())).isEqualTo(Tuning.none());
        assertThat(before).hasToString("workers=1 load=0.25");
    }

    @Test
    void wordsOfANewerVersionAreKeptAndHaveNoEffect() {
        Tuning newer = Tuning.of("ioShare=0.5 workers=5000 load=auto");
        assertThat(newer.workers()).isNull();
        assertThat(newer.load()).isNull();
        assertThat(newer.changedBy(Tuning.load(1))).hasToString("workers=5000 load=1.0 ioShare=0.5");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void workersAreBetween1And1000(int number) {
        assertThatThrownBy(() -> Tuning.workers(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workers must be between 1 and 1,000, but is " + number);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1_000_001})
    void batchesHaveBetween1And1000000Keys(long number) {
        assertThatThrownBy(() -> Tuning.batchSize(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batchSize must be between 1 and 1,000,000, but is " + number);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
    void aLoadIsMoreThanNothingAndAtMostAll(double share) {
        assertThatThrownBy(() -> Tuning.load(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("load must be more than 0 and at most 1, but is " + share);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 60_001})
    void aTargetIsBetweenAMillisecondAndAMinute(long millis) {
        assertThatThrownBy(() -> Tuning.targetBatchTime(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("targetBatchTime must be between 1 ms and 1 minute, but is PT");
    }
}
