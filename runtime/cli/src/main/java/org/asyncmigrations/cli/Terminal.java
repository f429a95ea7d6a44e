package org.asyncmigrations.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a command: its output and its variables.
 *
 * @param out where results go
 * @param err where complaints and progress go
 * @param env the environment's variables
 * @param isInteractive whether it runs on a terminal
 */
record Terminal(PrintWriter out, PrintWriter err, Map<String, String> env, boolean isInteractive) {
    /** The width that all output for people fits. */
    static final int NARROWEST = 80;

    /** Control characters except line ends, and characters that change the writing direction. */
    private static final Pattern STEERS =
            Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t]]|\\r(?!\\n)|[\\u202a-\\u202e\\u2066-\\u2069]");

    /** Writes an error as one sentence on one line. */
    void complain(String sentence) {
        err.println(plain("async-migrations: " + Calls.asVerbs(sentence).strip().replaceAll("\\s*\\R\\s*", " ")));
        err.flush();
    }

    /**
     * Replaces characters that could control the terminal: anyone may have written a reason or an error.
     *
     * @param text any text
     * @return the text with a question mark for each such character; line ends stay
     */
    static String plain(String text) {
        return STEERS.matcher(text).replaceAll("?");
    }

    /**
     * The width of lines.
     *
     * @param chosen the value of --width, null for none
     * @return the chosen width; else the screen's width, but at least the width that all output fits
     */
    int width(@Nullable Integer chosen) {
        if (chosen != null) {
            return chosen;
        }
        String columns = env.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{0,3}") ? Math.max(NARROWEST, Integer.parseInt(columns)) : NARROWEST;
    }
}
