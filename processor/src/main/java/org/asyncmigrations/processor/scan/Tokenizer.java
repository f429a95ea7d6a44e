package org.asyncmigrations.processor.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits Java source into tokens, without comments and white space. It never fails: for invalid source, it returns some token.
 * Unicode escapes are kept as they are.
 */
final class Tokenizer {
    /**
     * Operators of several characters, longest first. Those that begin with {@code >} are missing: in type arguments, {@code >>}
     * and {@code > >} mean the same, so each {@code >} is a token of its own. No two different programs become equal by that.
     */
    private static final List<String> OPERATORS = List.of(
            "<<=", "...", "->", "::", "++", "--", "&&", "||", "==", "!=", "<=", "<<", "+=", "-=", "*=", "/=", "&=",
            "|=", "^=", "%=");

    /**
     * Characters that can be the second of an operator; most signs, such as a parenthesis before a name, are followed by none of
     * these.
     */
    private static final String SECOND = "<.>:+-&|=";

    private static final String BLOCK = "\"\"\"";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Tokenizer(String text) {
        this.text = text;
    }

    List<Token> all() {
        while (at < text.length()) {
            next();
        }
        return tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '/' && text.startsWith("//", at)) {
            at = endOfLine(at);
        } else if (c == '/' && text.startsWith("/*", at)) {
            at = behind("*/", at + 2);
        } else if (c == '"' && text.startsWith(BLOCK, at)) {
            textBlock();
        } else if (c == '"') {
            string();
        } else if (c == '\'') {
            add(Token.Kind.CHARACTER, endOfLiteral('\''));
        } else if (Character.isDigit(c) || c == '.' && at + 1 < text.length() && Character.isDigit(peek(1))) {
            add(Token.Kind.WORD, endOfNumber());
        } else if (Character.isJavaIdentifierStart(text.codePointAt(at))) {
            add(Token.Kind.WORD, endOfWord());
        } else {
            add(Token.Kind.SIGN, at + signLength());
        }
    }

    private void add(Token.Kind kind, int end) {
        tokens.add(new Token(kind, text.substring(at, end)));
        at = end;
    }

    private void string() {
        int end = endOfLiteral('"');
        int closed = end > at + 1 && text.charAt(end - 1) == '"' ? end - 1 : end;
        tokens.add(new Token(Token.Kind.STRING, unescaped(text.substring(at + 1, closed))));
        at = end;
    }

    private void textBlock() {
        int line = endOfLine(at);
        int begin = text.startsWith("\r\n", line) ? line + 2 : line + 1;
        int end = begin;
        while (end < text.length() && !text.startsWith(BLOCK, end)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        String content = begin < end ? text.substring(begin, Math.min(end, text.length())) : "";
        tokens.add(new Token(Token.Kind.STRING, unescaped(content.stripIndent())));
        at = Math.min(end + BLOCK.length(), text.length());
    }

    private static String unescaped(String literal) {
        try {
            return literal.translateEscapes();
        } catch (IllegalArgumentException e) {
            return literal;
        }
    }

    /** {@return the position after the closing quote, or the end of the line if it is missing} */
    private int endOfLiteral(char quote) {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != quote && !isLineEnd(i)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }

    /** {@return the end of a number, including an exponent's sign: {@code 1e-9}, {@code 0x1p+3}} */
    private int endOfNumber() {
        int i = at;
        boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
        while (i < text.length() && isPartOfNumber(i, hex)) {
            i++;
        }
        return i;
    }

    private boolean isPartOfNumber(int i, boolean hex) {
        char c = text.charAt(i);
        if (c == '+' || c == '-') {
            char before = Character.toLowerCase(text.charAt(i - 1));
            return i > at && before == (hex ? 'p' : 'e');
        }
        return c == '.' || Character.isJavaIdentifierPart(c);
    }

    private int endOfWord() {
        int i = at;
        while (i < text.length() && Character.isJavaIdentifierPart(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    private int signLength() {
        if (at + 1 < text.length() && SECOND.indexOf(peek(1)) >= 0) {
            for (String operator : OPERATORS) {
                if (text.startsWith(operator, at)) {
                    return operator.length();
                }
            }
        }
        return Character.charCount(text.codePointAt(at));
    }

    private char peek(int distance) {
        return text.charAt(at + distance);
    }

    private int endOfLine(int from) {
        int i = from;
        while (i < text.length() && !isLineEnd(i)) {
            i++;
        }
        return i;
    }

    private boolean isLineEnd(int i) {
        return text.charAt(i) == '\n' || text.charAt(i) == '\r';
    }

    private int behind(String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
