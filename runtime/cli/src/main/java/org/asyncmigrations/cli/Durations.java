package org.asyncmigrations.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Reads and writes how long something takes, as people say it. */
final class Durations {
    private Durations() {}

    /**
     * Reads {@code 50ms}, {@code 90s}, {@code 30m}, {@code 2h}, {@code 1h30m} or {@code PT30M}.
     *
     * @param text what was typed
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
            // Said below.
        }
        throw new TypeConversionException("'" + text + "' is no duration; write 90s, 30m or 2h");
    }

    /** {@return its two largest units, as in {@code 2 h 5 min}} */
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
