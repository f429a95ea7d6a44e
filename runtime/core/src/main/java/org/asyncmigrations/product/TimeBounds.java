package org.asyncmigrations.product;

import java.time.Duration;

/**
 * The allowed times of a setting. Immutable and thread-safe.
 *
 * @param least the shortest
 * @param most the longest
 */
public record TimeBounds(Duration least, Duration most) {
    /** Servers store times as milliseconds in 32 bits. */
    static final Duration LONGEST = Duration.ofDays(24);

    /** For times without an upper limit of their own. Servers count milliseconds, and take less than one for "no limit". */
    public static final TimeBounds ANY = new TimeBounds(Duration.ofMillis(1), LONGEST);

    /**
     * Checks a time.
     *
     * @param setting the setting's name
     * @param time the time
     * @return the time
     * @throws IllegalArgumentException if it is out of bounds
     */
    public Duration require(String setting, Duration time) {
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(setting + " must be between " + words(least) + " and " + words(most)
                    + ", but is " + (time.isZero() ? "zero" : time.toString()));
        }
        return time;
    }

    private static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + (time.toDays() == 1 ? " day" : " days");
        }
        if (time.toHours() > 0) {
            return time.toHours() + (time.toHours() == 1 ? " hour" : " hours");
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + (time.toMinutes() == 1 ? " minute" : " minutes");
        }
        return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
