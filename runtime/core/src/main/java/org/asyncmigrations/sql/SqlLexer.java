package org.asyncmigrations.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits SQL text into statements and tokens, with the white space, comments and quotes of each product. Comments are dropped, and
 * quoted text is one token. It never fails. For one use.
 */
public final class SqlLexer {
    private final String sql;
    private final boolean mySql;
    /** Whether the code in MySQL's {@code /*! … *}{@code /} counts. */
    private final boolean readsVersioned;

    private final List<List<SqlToken>> statements = new ArrayList<>();
    private List<SqlToken> statement = new ArrayList<>();
    private int depth;
    private int at;

    private SqlLexer(String sql, boolean mySql, boolean readsVersioned) {
        this.sql = sql;
        this.mySql = mySql;
        this.readsVersioned = readsVersioned;
    }

    /**
     * Reads a text as the product does.
     *
     * @param sql the text
     * @param mySql whether the server reads it as MySQL does
     * @return its non-empty statements, without the semicolons between them
     */
    public static List<List<SqlToken>> statements(String sql, boolean mySql) {
        return new SqlLexer(sql, mySql, mySql).read();
    }

    /** {@return its statements, with the code in versioned comments on every product, since some may run it} */
    static List<List<SqlToken>> allStatements(String sql, boolean mySql) {
        return new SqlLexer(sql, mySql, true).read();
    }

    private List<List<SqlToken>> read() {
        while (at < sql.length()) {
            next(sql.charAt(at));
        }
        end();
        return statements;
    }

    private void next(char c) {
        if (Character.isWhitespace(c)) {
            at++;
        } else if (!skipsComment(c)) {
            token(c);
        }
    }

    private void token(char c) {
        if (c == '\'' || c == '"' || c == '`') {
            int end = Math.min(sql.length(), endOfQuoted(c));
            add(c == '\'' ? "'" : sql.substring(at, end), end);
        } else if (isPartOfWord(c) && c != '$') {
            int end = at;
            while (end < sql.length() && isPartOfWord(sql.charAt(end))) {
                end++;
            }
            add(sql.substring(at, end).toUpperCase(Locale.ROOT), end);
        } else if (c == '$' && !mySql && endOfTag() > 0) {
            String tag = sql.substring(at, endOfTag());
            add("'", behind(tag, at + tag.length()));
        } else if (c == ';') {
            end();
            at++;
        } else {
            depth -= c == ')' && depth > 0 ? 1 : 0;
            add(String.valueOf(c), at + 1);
            depth += c == '(' ? 1 : 0;
        }
    }

    private void add(String text, int end) {
        statement.add(new SqlToken(text, at, depth));
        at = end;
    }

    private void end() {
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
        statement = new ArrayList<>();
        depth = 0;
    }

    private boolean skipsComment(char c) {
        boolean isLine = sql.startsWith("--", at)
                && (!mySql || at + 2 >= sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
        // Within a statement, # is an operator on PostgreSQL.
        if (isLine || c == '#' && (mySql || statement.isEmpty())) {
            at = behind("\n", at);
            return true;
        } else if (!sql.startsWith("/*", at)) {
            return false;
        }
        if (readsVersioned && (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at))) {
            // MariaDB and MySQL run the contents; a minimum version may come first.
            at = sql.indexOf('!', at) + 1;
            while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                at++;
            }
        } else {
            skipBlock();
        }
        return true;
    }

    /** On PostgreSQL and H2, comments can be nested. */
    private void skipBlock() {
        int open = 0;
        do {
            if (sql.startsWith("/*", at)) {
                open = mySql ? 1 : open + 1;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                open--;
                at += 2;
            } else {
                at++;
            }
        } while (open > 0 && at < sql.length());
    }

    /** A doubled quote ends one text and begins the next. */
    private int endOfQuoted(char quote) {
        boolean escapes = mySql ? quote != '`' : quote == '\'' && isEscapeString();
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != quote) {
            end += escapes && sql.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }

    /** PostgreSQL's {@code E'…'}. */
    private boolean isEscapeString() {
        return at > 0
                && Character.toLowerCase(sql.charAt(at - 1)) == 'e'
                && (at == 1 || !Character.isJavaIdentifierPart(sql.charAt(at - 2)));
    }

    /** The end of the opening tag of {@code $tag$ … $tag$}; 0 for a lone {@code $}, as in {@code $1}. */
    private int endOfTag() {
        int end = at + 1;
        while (end < sql.length() && isPartOfWord(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        boolean isTag = end < sql.length() && sql.charAt(end) == '$' && !Character.isDigit(sql.charAt(at + 1));
        return isTag ? end + 1 : 0;
    }

    private int behind(String word, int from) {
        int found = sql.indexOf(word, from);
        return found < 0 ? sql.length() : found + word.length();
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == SqlToken.UNKNOWN;
    }
}
