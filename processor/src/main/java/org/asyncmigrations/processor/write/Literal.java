package org.asyncmigrations.processor.write;

/**
 * Writes a user's text as a string literal. JavaPoet would break the line at U+2028, and would not escape characters that can't
 * be written to a file or that would reverse the line in an editor.
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
