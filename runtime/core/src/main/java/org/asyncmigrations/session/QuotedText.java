package org.asyncmigrations.session;

/** Where a quoted text of a statement ends, as each product reads it. Without state, and so safe for threads. */
final class QuotedText {
    private QuotedText() {}

    /**
     * Skips a quoted text. A quote that is written twice ends one text and begins the next.
     *
     * @param sql the statement
     * @param begin where the opening quote is
     * @param mySql whether the server reads it as MySQL does
     * @return the place behind the closing quote, or the statement's end or one more
     */
    static int end(String sql, int begin, boolean mySql) {
        char quote = sql.charAt(begin);
        boolean escapes = mySql ? quote != '`' : quote == '\'' && isEscapeString(sql, begin);
        int at = begin + 1;
        while (at < sql.length() && sql.charAt(at) != quote) {
            at += escapes && sql.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** PostgreSQL's {@code E'…'}. */
    private static boolean isEscapeString(String sql, int at) {
        return at > 0
                && Character.toLowerCase(sql.charAt(at - 1)) == 'e'
                && (at == 1 || !Character.isJavaIdentifierPart(sql.charAt(at - 2)));
    }
}
