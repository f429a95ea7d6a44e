package org.asyncmigrations.processor.check;

/** Formats a text from a file or an option for a message: on one line, and not too long. */
final class Quoted {
    private static final int SHOWN = 60;

    private Quoted() {}

    static String of(Object text) {
        String line = inLine(text);
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }

    /** {@return the full text on one line, for a path or a line to copy} */
    static String inLine(Object text) {
        return text.toString().replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
