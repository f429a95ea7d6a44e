package org.asyncmigrations.cli;

import java.io.PrintWriter;
import java.util.Map;
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

    /** One sentence, on one line. */
    void complain(String sentence) {
        err.println("async-migrations: " + Calls.asVerbs(sentence).strip().replaceAll("\\s*\\R\\s*", " "));
        err.flush();
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
