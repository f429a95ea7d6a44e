package org.asyncmigrations.sql;

/**
 * The smallest part of SQL that means something.
 *
 * @param text upper case for a word, with its quotes for a quoted name, a single quote for any quoted text
 * @param start where it begins in the text
 * @param depth how many parentheses are around it
 */
public record SqlToken(String text, int start, int depth) {
    /** Stands for a piece of text that isn't known: no character, in Unicode's own words. */
    public static final char UNKNOWN = '\uFFFF';

    /**
     * Compares the token with a word or sign.
     *
     * @param word upper case
     * @return whether it is that
     */
    public boolean is(String word) {
        return text.equals(word);
    }

    /** {@return whether it is a word, or may be one: a quoted name, a placeholder, a piece that isn't known} */
    boolean isName() {
        char c = text.charAt(0);
        return Character.isLetter(c) || c == '_' || c == '"' || c == '`' || c == '[' || isUnknown();
    }

    boolean isUnknown() {
        return text.indexOf(UNKNOWN) >= 0 || text.equals("{");
    }
}
