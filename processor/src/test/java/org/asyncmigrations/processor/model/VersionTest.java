package org.asyncmigrations.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @ParameterizedTest
    @CsvSource({
        "20261121093000, 20261121_093000L",
        "7, 7L",
        "2026112093000, 2026112093000L",
        "-20261121093000, -20261121093000L",
    })
    void itIsWrittenAsPeopleWriteIt(long value, String literal) {
        assertThat(version(value).literal()).isEqualTo(literal);
    }

    @ParameterizedTest
    @ValueSource(longs = {20261121_093000L, 20240229_235959L})
    void aDateAndTimeIsATimestamp(long value) {
        assertThat(version(value).isTimestamp()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {20261321_093000L, 20260229_000000L, 20261121_240000L, 2026112_093000L, 7, Long.MAX_VALUE})
    void anythingElseIsNone(long value) {
        assertThat(version(value).isTimestamp()).isFalse();
    }

    @Test
    void countingEndsAtEightDigits() {
        assertThat(version(99_999_999).isCounted()).isTrue();
        assertThat(version(100_000_000).isCounted()).isFalse();
        assertThat(version(0).isCounted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "20261121_093000, 20261121_093001",
        "20261121_093059, 20261121_093100",
        "20261121_095959, 20261121_100000",
        "20261121_235959, 20261122_000000",
        "20261130_235959, 20261201_000000",
        "20240228_235959, 20240229_000000",
        "20261231_235959, 20270101_000000",
        "99991231_235959, 99991231_235960",
        "20261321_093059, 20261321_093060",
        "7, 8",
        "99, 100",
    })
    void theNextIsASecondLaterOrTheNextNumber(String version, String next) {
        assertThat(version(Long.parseLong(version.replace("_", ""))).next().separated())
                .isEqualTo(next);
    }

    private static Version version(long value) {
        return new Version(value, true, Origin.BUILD);
    }
}
