package org.asyncmigrations.example.threereleases.application;

import org.jspecify.annotations.Nullable;

/**
 * A customer's name. Immutable.
 *
 * @param first the first word
 * @param last all further words, null if there is none
 */
public record Name(String first, @Nullable String last) {
    /**
     * Splits a name.
     *
     * @param whole one or more words, with a space between
     * @return the name
     */
    public static Name of(String whole) {
        int space = whole.indexOf(' ');
        return space < 0 ? new Name(whole, null) : new Name(whole.substring(0, space), whole.substring(space + 1));
    }

    /** {@return all words} */
    @Override
    public String toString() {
        return last == null ? first : first + " " + last;
    }
}
