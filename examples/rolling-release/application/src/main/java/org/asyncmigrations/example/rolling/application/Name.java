package org.asyncmigrations.example.rolling.application;

/**
 * A customer's name, which for this example is always two words. Immutable.
 *
 * @param first the first word
 * @param last the second
 */
public record Name(String first, String last) {
    /**
     * A name from its text.
     *
     * @param full both words, with a blank between them
     * @return the name
     */
    public static Name of(String full) {
        int blank = full.indexOf(' ');
        return new Name(full.substring(0, blank), full.substring(blank + 1));
    }

    /** {@return both words, with a blank between them} */
    @Override
    public String toString() {
        return first + " " + last;
    }
}
