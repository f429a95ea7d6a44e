package org.asyncmigrations.processor.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts SQL text into words, as far as its first words and its conditions ask for it: comments are gone, and what is quoted is
 * one token. It never fails.
 */
final class SqlTokens {
    /**
     * The smallest part of SQL that means something.
     *
     * @param text upper case where it is a word
     * @param depth how many parentheses are around it
     */
    record Token(String text, int depth) {
        boolean is(String word) {
            return text.equals(word);
        }

        /** A word, or what may be one: a quoted name, a placeholder, a piece that is not known. */
        boolean isName() {
            char c = text.charAt(0);
            return Character.isLetter(c) || c == '_' || c == '"' || c == '`' || c == '[' || isUnknown();
        }

        boolean isUnknown() {
            return text.indexOf(SqlText.UNKNOWN) >= 0 || text.equals("{");
        }
    }

    private final String sql;
    private final List<List<Token>> statements = new ArrayList<>();
    private List<Token> statement = new ArrayList<>();
    private boolean closed = true;
    private int depth;
    private int at;

    private SqlTokens(String sql) {
        this.sql = sql;
    }

    /** The statements, without the semicolons between them. */
    static List<List<Token>> statements(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        tokens.read();
        return tokens.statements;
    }

    /** Whether each quote and comment ends: where one does not, another dialect's rules hold, and nothing behind is sure. */
    static boolean isClosed(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        tokens.read();
        return tokens.closed;
    }

    private void read() {
        while (at < sql.length()) {
            next(sql.charAt(at));
        }
        end();
    }

    private void next(char c) {
        if (Character.isWhitespace(c)) {
            at++;
        } else if (sql.startsWith("--", at) || c == '#' && statement.isEmpty()) {
            skipTo("\n", at, true);
        } else if (sql.startsWith("/*!", at)) {
            skipVersion();
        } else if (sql.startsWith("/*", at)) {
            skipTo("*/", at + 2, false);
        } else if (c == '\'') {
            add("'", endOf("'", at + 1));
        } else if (c == '"' || c == '`') {
            int end = endOf(String.valueOf(c), at + 1);
            add(sql.substring(at, end), end);
        } else if (c == '$' && dollarTag() > 0) {
            String tag = sql.substring(at, dollarTag());
            add("'", endOf(tag, at + tag.length()));
        } else if (isPartOfWord(c)) {
            word();
        } else {
            sign(c);
        }
    }

    private void sign(char c) {
        if (c == ';') {
            end();
            at++;
            return;
        }
        depth -= c == ')' && depth > 0 ? 1 : 0;
        add(String.valueOf(c), at + 1);
        depth += c == '(' ? 1 : 0;
    }

    private void word() {
        int end = at;
        while (end < sql.length() && isPartOfWord(sql.charAt(end))) {
            end++;
        }
        add(sql.substring(at, end).toUpperCase(Locale.ROOT), end);
    }

    private void add(String text, int end) {
        statement.add(new Token(text, depth));
        at = end;
    }

    private void end() {
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
        statement = new ArrayList<>();
        depth = 0;
    }

    private void skipTo(String end, int from, boolean orEnd) {
        int found = sql.indexOf(end, from);
        closed &= found >= 0 || orEnd;
        at = found < 0 ? sql.length() : found + end.length();
    }

    /** What MySQL reads and others do not: {@code /*!40000 drop … *}{@code /}. */
    private void skipVersion() {
        at += "/*!".length();
        while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
            at++;
        }
    }

    private int endOf(String quote, int from) {
        int found = sql.indexOf(quote, from);
        closed &= found >= 0;
        return found < 0 ? sql.length() : found + quote.length();
    }

    /** Behind the opening tag of a dollar-quoted text, 0 where it is none. */
    private int dollarTag() {
        int end = at + 1;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        boolean placeholder = end < sql.length() && Character.isDigit(sql.charAt(at + 1));
        return !placeholder && end < sql.length() && sql.charAt(end) == '$' ? end + 1 : 0;
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == SqlText.UNKNOWN;
    }
}
