package org.asyncmigrations.dispatch;

import java.io.PrintStream;

/**
 * The console output: a line for each report and, on a terminal, a progress bar below them that is redrawn. After the stream has
 * thrown, nothing is printed any more. Thread-safe.
 */
final class ProgressBar {
    private static final int CELLS = 20;

    /** Any terminal has at least 80 columns. A bar that wraps to the next line couldn't be erased. */
    private static final int COLUMNS = 79;

    /** Moves to the first column and erases the line. Every current terminal supports both. */
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

    /** {@return whether a bar is drawn; if not, all output is lines} */
    boolean isDrawn() {
        return isTerminal;
    }

    /** Prints a line above the bar. */
    synchronized void line(String text) {
        print(() -> out.println((drawn ? AGAIN : "") + text));
        drawn = false;
    }

    /** Draws the bar in place of the previous one. */
    synchronized void draw(String what, double share, String text) {
        int full = (int) Math.round(share * CELLS);
        String bar = what + " [" + "=".repeat(full) + " ".repeat(CELLS - full) + "] " + text;
        print(() -> {
            out.print(AGAIN + bar.substring(0, Math.min(COLUMNS, bar.length())));
            out.flush();
        });
        drawn = true;
    }

    /** Prints. If the user's stream throws, the worker must not end. */
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
