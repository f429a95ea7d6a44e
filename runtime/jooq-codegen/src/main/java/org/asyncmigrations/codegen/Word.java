package org.asyncmigrations.codegen;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a line.
 *
 * @param text the word, with its quotes
 * @param column where it begins, from 1
 */
record Word(String text, int column) {
    /** Splits a line into words. A comment begins with #; spaces between double quotes belong to a name. */
    static List<Word> split(String line) {
        List<Word> words = new ArrayList<>();
        int i = 0;
        while (i < line.length() && line.charAt(i) != '#') {
            int begin = i;
            boolean quoted = false;
            while (i < line.length() && (quoted || !isSpace(line.charAt(i)))) {
                quoted ^= line.charAt(i) == '"';
                i++;
            }
            if (i > begin) {
                words.add(new Word(line.substring(begin, i), begin + 1));
            } else {
                i++;
            }
        }
        return words;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }
}
