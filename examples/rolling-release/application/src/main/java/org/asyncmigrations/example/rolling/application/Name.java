package org.asyncmigrations.example.rolling.application;

/**
 * A customer's name, which in this example always has two words. Immutable.
 *
 * @param first the first word
 * @param last the second word
 */
public record Name(String first, String last) {
    /**
     * Parses a name.
     *
     * @param full both words, separated by a space
     * @return the name
     */
    public static Name of(String full) {
        int blank = full.indexOf(' ');
        return new Name(full.substring(0, blank), full.substring(blank + 1));
    }

    /** {@return both words, separated by a space} */
    @Override
    public String toString() {
        return first + " " + last;
    }
}
