package org.asyncmigrations.session;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the first words of each statement in a text whether it changes the schema. No parser: it knows white space, comments
 * and quotes, and so where a statement begins. What a procedure or an anonymous block does it does not see. Used once.
 */
final class SchemaText {
    private static final Set<String> VERBS =
            Set.of("create", "alter", "drop", "truncate", "rename", "comment", "grant", "revoke");

    private final String sql;
    private final boolean mySql;
    private int at;

    private SchemaText(String sql, boolean mySql) {
        this.sql = sql;
        this.mySql = mySql;
    }

    /** {@return whether one of the statements in a text changes the schema; temporary tables are no part of it} */
    static boolean changesSchema(String sql, boolean mySql) {
        return new SchemaText(sql, mySql).hasChange();
    }

    /** {@return the one statement of a text, from its first word on; null if there are several} */
    static @Nullable String alone(String sql, boolean mySql) {
        SchemaText text = new SchemaText(sql, mySql);
        text.skipBlank();
        int begin = text.at;
        text.skipStatement();
        text.skipBlank();
        return text.at < sql.length() ? null : sql.substring(begin);
    }

    private boolean hasChange() {
        while (at < sql.length()) {
            if (isChange()) {
                return true;
            }
            skipStatement();
        }
        return false;
    }

    private boolean isChange() {
        String verb = word();
        if (!VERBS.contains(verb)) {
            return false;
        }
        String object = word();
        if (object.equals("global") || object.equals("local")) {
            object = word();
        }
        return !object.equals("temporary") && !object.equals("temp");
    }

    /** The next word in lower case; empty where something else stands. */
    private String word() {
        skipBlank();
        int begin = at;
        while (at < sql.length() && isPartOfWord(sql.charAt(at))) {
            at++;
        }
        return sql.substring(begin, at).toLowerCase(Locale.ROOT);
    }

    /** White space, comments, and the signs that may stand before a statement. */
    private void skipBlank() {
        while (at < sql.length()) {
            if (!skipComment()) {
                char c = sql.charAt(at);
                if (!Character.isWhitespace(c) && c != '(' && c != ';') {
                    return;
                }
                at++;
            }
        }
    }

    private boolean skipComment() {
        if (sql.startsWith("--", at) || sql.startsWith("#", at)) {
            skipTo("\n", at);
            return true;
        }
        if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
            // MariaDB runs what is in it, from the version on that may stand first.
            at = sql.indexOf('!', at) + 1;
            while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                at++;
            }
            return true;
        }
        if (sql.startsWith("/*", at)) {
            skipTo("*/", at + 2);
            return true;
        }
        return false;
    }

    /** To behind the semicolon that ends the statement. */
    private void skipStatement() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ';') {
                at++;
                return;
            } else if (c == '\'' || c == '"' || c == '`') {
                at = Math.min(sql.length(), QuotedText.end(sql, at, mySql));
            } else if (c == '$') {
                skipDollarQuoted();
            } else if (c == '#' || !skipComment()) {
                // Within a statement # is an operator, on PostgreSQL.
                at++;
            }
        }
    }

    /** PostgreSQL's {@code $tag$ … $tag$}; a lone {@code $}, as in {@code $1}, is a sign like others. */
    private void skipDollarQuoted() {
        int end = at + 1;
        while (end < sql.length() && isPartOfWord(sql.charAt(end))) {
            end++;
        }
        boolean isTag = end == at + 1 || !Character.isDigit(sql.charAt(at + 1));
        if (isTag && end < sql.length() && sql.charAt(end) == '$') {
            skipTo(sql.substring(at, end + 1), end + 1);
        } else {
            at++;
        }
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void skipTo(String end, int from) {
        int found = sql.indexOf(end, Math.min(from, sql.length()));
        at = found < 0 ? sql.length() : found + end.length();
    }
}
