package org.asyncmigrations.sql;

/**
 * The smallest meaningful part of SQL.
 *
 * @param text upper case for a word, with its quotes for a quoted name, a single quote for any quoted text
 * @param start its position in the text
 * @param depth the number of parentheses around it
 */
public record SqlToken(String text, int start, int depth) {
    /** Stands for a piece of text that isn't known. Unicode guarantees that this is not a character. */
    public static final char UNKNOWN = '\uFFFF';

    /**
     * Compares the token with a word or sign.
     *
     * @param word upper case
     * @return whether they are equal
     */
    public boolean is(String word) {
        return text.equals(word);
    }

    /** {@return whether it is a word, or may be one: a quoted name, a placeholder, an unknown piece} */
    boolean isName() {
        char c = text.charAt(0);
        return Character.isLetter(c) || c == '_' || c == '"' || c == '`' || c == '[' || isUnknown();
    }

    boolean isUnknown() {
        return text.indexOf(UNKNOWN) >= 0 || text.equals("{");
    }
}
