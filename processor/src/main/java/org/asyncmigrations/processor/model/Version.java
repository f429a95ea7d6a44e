package org.asyncmigrations.processor.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * A version, as it is written.
 *
 * @param readable false if the compiler could not evaluate it, which the compiler reports
 * @param origin the value in the annotation
 */
public record Version(long value, boolean readable, Origin origin) {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final int TIMESTAMP_DIGITS = 14;
    private static final int LAST_YEAR = 9999;
    /** Numbers with nine digits and more are taken for wrong timestamps: nobody counts that far. */
    private static final long GREATEST_COUNTED = 99_999_999;

    /** {@return whether it is a date and time of 14 digits} */
    public boolean isTimestamp() {
        try {
            return digits().length() == TIMESTAMP_DIGITS && LocalDateTime.parse(digits(), TIMESTAMP) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** {@return whether it could be a number that somebody has counted up} */
    public boolean isCounted() {
        return value > 0 && value <= GREATEST_COUNTED;
    }

    /** {@return its literal in source code: {@code 20261121_093000L}} */
    public String literal() {
        return separated() + "L";
    }

    /** {@return the literal without its suffix, such as for the end of a name} */
    public String separated() {
        return separated(value);
    }

    static String separated(long version) {
        String digits = Long.toString(version);
        return digits.length() == TIMESTAMP_DIGITS && version > 0
                ? digits.substring(0, 8) + "_" + digits.substring(8)
                : digits;
    }

    /** {@return the version for a time in UTC, to the second} */
    public static Version at(Instant time) {
        String digits = LocalDateTime.ofInstant(time, ZoneOffset.UTC).format(TIMESTAMP);
        return new Version(Long.parseLong(digits), true, Origin.BUILD);
    }

    /** {@return the next version: a second later for a timestamp, otherwise the next number} */
    public Version next() {
        if (isTimestamp()) {
            LocalDateTime later = LocalDateTime.parse(digits(), TIMESTAMP).plusSeconds(1);
            if (later.getYear() <= LAST_YEAR) {
                return new Version(Long.parseLong(later.format(TIMESTAMP)), true, Origin.BUILD);
            }
        }
        return new Version(value + 1, true, Origin.BUILD);
    }

    private String digits() {
        return Long.toString(value);
    }
}
