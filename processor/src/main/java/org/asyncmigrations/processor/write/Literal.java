package org.asyncmigrations.processor.write;

/**
 * A text of the user's as a string in source code. JavaPoet would break the line at U+2028, and leave as they are what cannot be
 * written to a file or would turn the line around in an editor.
 */
final class Literal {
    private Literal() {}

    static String of(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(c -> append(literal, c));
        return literal.append('"').toString();
    }

    private static void append(StringBuilder literal, int c) {
        switch (c) {
            case '"' -> literal.append("\\\"");
            case '\\' -> literal.append("\\\\");
            case '\n' -> literal.append("\\n");
            case '\r' -> literal.append("\\r");
            case '\t' -> literal.append("\\t");
            default -> {
                if (isInvisible(c)) {
                    for (char part : Character.toChars(c)) {
                        literal.append("\\u%04x".formatted((int) part));
                    }
                } else {
                    literal.appendCodePoint(c);
                }
            }
        }
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
