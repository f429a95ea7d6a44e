package org.asyncmigrations.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where parts of SQL text end. What does not end at all ends behind the text. */
final class SqlText {
    private static final Pattern TAG = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\d_]*)?\\$");
    private static final Pattern END_OF_DATA = Pattern.compile("(?m)^\\\\\\.\\s*$");

    private SqlText() {}

    static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    static int endOfWord(String sql, int at) {
        int end = at;
        while (end < sql.length() && isPartOfWord(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    static int endOfLine(String sql, int at) {
        int end = sql.indexOf('\n', at);
        return end < 0 ? sql.length() : end;
    }

    /** PostgreSQL and H2 have comments within comments. */
    static int endOfBlock(String sql, int at, boolean mySql) {
        int open = 0;
        for (int end = at; end < sql.length() - 1; end++) {
            if (sql.startsWith("/*", end)) {
                open = mySql ? 1 : open + 1;
                end++;
            } else if (sql.startsWith("*/", end)) {
                open--;
                end++;
            }
            if (open == 0) {
                return end + 1;
            }
        }
        return sql.length() + 1;
    }

    /** Behind the quoted text, the quoted name or the single sign that begins here. */
    static int endOfQuoted(String sql, int at, boolean mySql) {
        char quote = sql.charAt(at);
        Matcher tag = TAG.matcher(sql).region(at, sql.length());
        if (!mySql && tag.lookingAt()) {
            int close = sql.indexOf(tag.group(), tag.end());
            return close < 0 ? sql.length() + 1 : close + tag.group().length();
        } else if (quote != '\'' && quote != '"' && quote != '`') {
            return at + 1;
        }
        boolean escapes = mySql ? quote != '`' : quote == '\'' && isEscapeString(sql, at);
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != quote) {
            end += escapes && sql.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    /** PostgreSQL's {@code E'…'}. */
    private static boolean isEscapeString(String sql, int at) {
        return at > 0
                && Character.toLowerCase(sql.charAt(at - 1)) == 'e'
                && (at == 1 || !isPartOfWord(sql.charAt(at - 2)));
    }

    /** Behind the line that ends the rows of {@code COPY … FROM STDIN}. */
    static int behindData(String sql, int at) {
        Matcher end = END_OF_DATA.matcher(sql);
        return end.find(at) ? end.end() : sql.length();
    }
}
