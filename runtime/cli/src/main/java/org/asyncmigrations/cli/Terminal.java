package org.asyncmigrations.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a command was called: its output, its environment.
 *
 * @param out where results go
 * @param err where complaints and progress go
 * @param env the environment's variables
 * @param isInteractive whether somebody looks at it
 */
record Terminal(PrintWriter out, PrintWriter err, Map<String, String> env, boolean isInteractive) {
    /** What everything fits that is written for people. */
    static final int NARROWEST = 80;

    /** Control characters but the ends of lines, and those that turn the direction of writing. */
    private static final Pattern STEERS =
            Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t]]|\\r(?!\\n)|[\\u202a-\\u202e\\u2066-\\u2069]");

    /** One sentence, on one line. */
    void complain(String sentence) {
        err.println(plain("async-migrations: " + Calls.asVerbs(sentence).strip().replaceAll("\\s*\\R\\s*", " ")));
        err.flush();
    }

    /**
     * A text without what changes the screen: whoever wrote a reason or an error may be anybody.
     *
     * @param text any text
     * @return the text with a question mark for each such character; lines stay
     */
    static String plain(String text) {
        return STEERS.matcher(text).replaceAll("?");
    }

    /**
     * How wide lines may be.
     *
     * @param chosen what --width says, null for nothing
     * @return the columns; of a narrower screen, what everything fits
     */
    int width(@Nullable Integer chosen) {
        if (chosen != null) {
            return chosen;
        }
        String columns = env.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{0,3}") ? Math.max(NARROWEST, Integer.parseInt(columns)) : NARROWEST;
    }
}
