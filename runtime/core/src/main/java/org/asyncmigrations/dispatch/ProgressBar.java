package org.asyncmigrations.dispatch;

import java.io.PrintStream;

/**
 * The console that a person watches: a line for whatever happens and, on a terminal, one bar below them that is drawn again as the
 * walk goes on. A stream that throws is not printed to any more. Safe for threads.
 */
final class ProgressBar {
    private static final int CELLS = 20;

    /** What a terminal has at least: a bar that goes on in the next line could not be erased. */
    private static final int COLUMNS = 79;

    /** Back to the first column, and everything from there on erased; every terminal of today knows both. */
    private static final String AGAIN = "\r\u001B[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private boolean drawn;
    private boolean broken;

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
        print(() -> out.println((drawn ? AGAIN : "") + text));
        drawn = false;
    }

    /** Draws the bar in place of the last one. */
    synchronized void draw(String what, double share, String text) {
        int full = (int) Math.round(share * CELLS);
        String bar = what + " [" + "=".repeat(full) + " ".repeat(CELLS - full) + "] " + text;
        print(() -> {
            out.print(AGAIN + bar.substring(0, Math.min(COLUMNS, bar.length())));
            out.flush();
        });
        drawn = true;
    }

    /** The user's stream must not end a worker. */
    private void print(Runnable printing) {
        if (broken) {
            return;
        }
        try {
            printing.run();
        } catch (RuntimeException | Error failure) {
            broken = true;
        }
    }
}
