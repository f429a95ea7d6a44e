package org.asyncmigrations.processor.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a line.
 *
 * @param text the word
 * @param column where it begins, from 1
 */
record Field(String text, int column) {
    static List<Field> split(String line) {
        List<Field> fields = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            int begin = i;
            while (i < line.length() && !isSpace(line.charAt(i))) {
                i++;
            }
            if (i > begin) {
                fields.add(new Field(line.substring(begin, i), begin + 1));
            }
            i++;
        }
        return fields;
    }

    /** All that looks like a space, and the byte order mark in the middle that joining two files leaves. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }
}
