package org.asyncmigrations.guard;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One statement of a script.
 *
 * @param file the script
 * @param line where it begins, from 1
 * @param text without the semicolon behind it
 * @param words of the text
 * @param comments that stand above it, each without its signs
 * @param obstacle why it cannot be sent to a database at all
 */
record ScriptStatement(
        String file, int line, String text, List<Word> words, List<String> comments, Optional<String> obstacle) {
    /** Stands for a whole file, of which no statement is known. */
    static ScriptStatement whole(String file, int line, String text, List<String> comments) {
        return new ScriptStatement(file, line, text, List.of(), comments, Optional.empty());
    }

    ScriptStatement at(int otherLine) {
        return new ScriptStatement(file, otherLine, text, words, comments, obstacle);
    }

    /** Whether it begins with these words. */
    boolean begins(String... first) {
        return words.size() >= first.length
                && Arrays.equals(
                        first,
                        words.stream().limit(first.length).map(Word::text).toArray());
    }

    /** Where these words follow each other outside of parentheses; -1 if they do not. */
    int find(String... sequence) {
        for (int at = 0; at + sequence.length <= words.size(); at++) {
            if (words.get(at).depth() == 0 && has(at, sequence)) {
                return at;
            }
        }
        return -1;
    }

    boolean has(int at, String... sequence) {
        return at + sequence.length <= words.size()
                && Arrays.equals(
                        sequence,
                        words.subList(at, at + sequence.length).stream()
                                .map(Word::text)
                                .toArray());
    }

    /** The text of the words from one to another, the last left out. */
    String text(int from, int to) {
        return from >= to
                ? ""
                : text.substring(words.get(from).start(), words.get(to - 1).end());
    }
}
