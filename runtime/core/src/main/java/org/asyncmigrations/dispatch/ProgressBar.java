package org.asyncmigrations.dispatch;

import java.io.PrintStream;

/**
 * The console that a person watches: a line for whatever happens and, on a terminal, one bar below them that is drawn again as the
 * walk goes on. Safe for threads.
 */
final class ProgressBar {
    private static final int CELLS = 24;

    /** Back to the first column, and everything from there on erased; every terminal of today knows both. */
    private static final String AGAIN = "\r\u001B[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private boolean drawn;

    ProgressBar(PrintStream out) {
        this(out, System.console() != null && (out == System.out || out == System.err));
    }

    ProgressBar(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** {@return whether a bar is drawn; if not, all is said in lines} */
    boolean isDrawn() {
        return isTerminal;
    }

    /** Prints a line above the bar. */
    synchronized void line(String text) {
        out.println((drawn ? AGAIN : "") + text);
        drawn = false;
    }

    /** Draws the bar in place of the last one. */
    synchronized void draw(String what, double share, String text) {
        int full = (int) Math.round(share * CELLS);
        out.print(AGAIN + what + " [" + "=".repeat(full) + " ".repeat(CELLS - full) + "] " + text);
        out.flush();
        drawn = true;
    }
}
