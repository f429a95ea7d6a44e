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

    private static Version version(long value) {
        return new Version(value, true, Origin.BUILD);
    }
}
