package org.asyncmigrations.product;

import java.time.Duration;

/**
 * Which times of a setting make sense. Immutable and thread-safe.
 *
 * @param least the shortest
 * @param most the longest
 */
public record TimeBounds(Duration least, Duration most) {
    /** What servers hold in 32 bits of milliseconds. */
    static final Duration LONGEST = Duration.ofDays(24);

    /** For times that are no worse for being long: servers count milliseconds, and take less than one for "any time". */
    public static final TimeBounds ANY = new TimeBounds(Duration.ofMillis(1), LONGEST);

    /**
     * Checks a time.
     *
     * @param setting what it is set for
     * @param time the time
     * @return the time
     * @throws IllegalArgumentException for one that is shorter or longer
     */
    public Duration require(String setting, Duration time) {
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(setting + " must be between " + words(least) + " and " + words(most)
                    + ", and is " + (time.isZero() ? "zero" : time.toString()));
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
