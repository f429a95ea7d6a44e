package org.asyncmigrations.processor.check;

/** Text of a file or an option, as a message can show it: in one line, and not too long. */
final class Quoted {
    private static final int SHOWN = 60;

    private Quoted() {}

    static String of(Object text) {
        String line = inLine(text);
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }

    /** In full: a path, or a line to copy. */
    static String inLine(Object text) {
        return text.toString().replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
