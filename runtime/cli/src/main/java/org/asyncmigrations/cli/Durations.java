package org.asyncmigrations.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Reads and writes durations in the form that people use. */
final class Durations {
    private Durations() {}

    /**
     * Reads {@code 50ms}, {@code 90s}, {@code 30m}, {@code 2h}, {@code 1h30m} or {@code PT30M}.
     *
     * @param text the input
     * @return the duration, not below zero
     */
    static Duration of(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.matches("\\d{1,9}MS")) {
            return Duration.ofMillis(Long.parseLong(upper.substring(0, upper.length() - 2)));
        }
        try {
            Duration duration = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException problem) {
            // The exception follows below.
        }
        throw new TypeConversionException("'" + text + "' is not a duration; write 90s, 30m or 2h");
    }

    /** {@return the two largest units of a duration, as in {@code 2 h 5 min}} */
    static String words(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? duration.toMinutes() + " min"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
