package org.asyncmigrations.guard;

/**
 * The smallest part of a statement that means something.
 *
 * @param text as it is written; upper case for a word without quotes
 * @param start where it begins in the statement
 * @param end where it ends
 * @param depth how many parentheses are around it
 */
record Word(String text, int start, int end, int depth) {
    boolean is(String other) {
        return text.equals(other);
    }
}
