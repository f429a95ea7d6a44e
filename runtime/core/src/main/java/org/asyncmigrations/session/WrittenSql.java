package org.asyncmigrations.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.product.Product;
import org.jooq.Condition;
import org.jooq.Context;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.CustomQueryPart;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a migration has written it, cut where a bind value or a condition is put in. All text between is sent as it is: jOOQ's
 * own templates would take {@code a[1:2]} for a bind value, and braces for words. It knows quotes and comments of each product,
 * and no more of SQL. Immutable, and so safe for threads.
 */
public final class WrittenSql {
    /** What stands for the condition of a batch. */
    public static final String ROWS = "{rows}";

    private static final String BIND = "?";

    private final String sql;

    /** Every second one is what something is put in for; the last one is text. */
    private final List<String> pieces;

    private final int binds;

    private WrittenSql(String sql, List<String> pieces) {
        this.sql = sql;
        this.pieces = List.copyOf(pieces);
        this.binds = (int) pieces.stream().filter(BIND::equals).count();
    }

    /**
     * Cuts a text.
     *
     * @param sql the text
     * @param product whose quotes and comments it has
     * @return the statement
     * @throws IllegalArgumentException if it is blank, or several statements
     */
    public static WrittenSql of(String sql, Product product) {
        if (sql.isBlank()) {
            throw new IllegalArgumentException("a migration may not execute a blank text");
        }
        return new WrittenSql(sql, new Cutter(sql, product.isWrittenAsMySql()).pieces());
    }

    /** {@return whether the condition of a batch is part of it} */
    public boolean hasRows() {
        return pieces.contains(ROWS);
    }

    /**
     * Sends it.
     *
     * @param dsl the way to the database
     * @param rows what stands for {@link #ROWS}, which is text without it
     * @param values a value for each question mark
     * @return how many rows it has changed
     * @throws IllegalArgumentException if there are more or fewer values than question marks
     */
    public long execute(DSLContext dsl, @Nullable Condition rows, @Nullable Object... values) {
        if (values.length != binds) {
            throw new IllegalArgumentException(
                    "the statement has " + binds + " bind values (?) and got " + values.length + " values: " + sql
                            + "; give one for each, and write PostgreSQL's operators with ? as ??");
        }
        return dsl.query("{0}", CustomQueryPart.of(context -> accept(context, rows, values)))
                .execute();
    }

    private void accept(Context<?> context, @Nullable Condition rows, @Nullable Object[] values) {
        int bind = 0;
        for (String piece : pieces) {
            if (piece.equals(BIND)) {
                context.visit(part(values[bind++]));
            } else if (piece.equals(ROWS) && rows != null) {
                context.sql('(').visit(rows).sql(')');
            } else {
                context.sql(piece, true);
            }
        }
    }

    private static QueryPart part(@Nullable Object value) {
        return value instanceof Field<?> field ? field : DSL.val(value);
    }

    /** Cuts one text. Used once. */
    private static final class Cutter {
        private final String sql;
        private final boolean mySql;
        private final List<String> pieces = new ArrayList<>();
        private int begin;
        private int at;
        private boolean ended;

        Cutter(String sql, boolean mySql) {
            this.sql = sql;
            this.mySql = mySql;
        }

        List<String> pieces() {
            while (at < sql.length()) {
                next(sql.charAt(at));
            }
            pieces.add(sql.substring(begin));
            return pieces;
        }

        private void next(char c) {
            if (skipsComment(c)) {
                return;
            }
            if (c == ';' || Character.isWhitespace(c)) {
                ended |= c == ';';
                at++;
                return;
            }
            requireOneStatement();
            if (c == '\'' || c == '"' || c == '`' && mySql) {
                skipQuoted(c);
            } else if (c == '$' && !mySql) {
                skipDollarQuoted();
            } else if (sql.startsWith("??", at)) {
                at += 2;
            } else if (c == '?') {
                cut(BIND);
            } else if (sql.startsWith(ROWS, at)) {
                cut(ROWS);
            } else {
                at++;
            }
        }

        private void cut(String piece) {
            pieces.add(sql.substring(begin, at));
            pieces.add(piece);
            at += piece.length();
            begin = at;
        }

        /** Only the first one's rows would be counted. A body between BEGIN and END has semicolons of its own. */
        private void requireOneStatement() {
            String start = sql.stripLeading().toLowerCase(Locale.ROOT);
            if (ended && !start.startsWith("create") && !start.startsWith("begin")) {
                throw new IllegalArgumentException(
                        "a migration may execute only one statement at a time, and this text has"
                                + " another one after the semicolon: " + sql + "; call execute once for each");
            }
        }

        private boolean skipsComment(char c) {
            boolean isLine = sql.startsWith("--", at)
                    && (!mySql || at + 2 >= sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
            if (isLine || mySql && c == '#') {
                skipTo("\n", at);
                return true;
            }
            // MariaDB and MySQL run what is in it.
            boolean isRun = mySql && (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at));
            if (!sql.startsWith("/*", at) || isRun) {
                return false;
            }
            skipBlock();
            return true;
        }

        /** PostgreSQL and H2 have comments within comments. */
        private void skipBlock() {
            int depth = 0;
            do {
                if (sql.startsWith("/*", at)) {
                    depth = mySql ? 1 : depth + 1;
                    at += 2;
                } else if (sql.startsWith("*/", at)) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < sql.length());
        }

        /** A quote that is written twice ends one text and begins the next. */
        private void skipQuoted(char quote) {
            boolean escapes = quote == '\'' && isEscapeString() || mySql && quote != '`';
            at++;
            while (at < sql.length() && sql.charAt(at) != quote) {
                at += escapes && sql.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
        }

        /** PostgreSQL's {@code E'…'}. */
        private boolean isEscapeString() {
            return !mySql
                    && at > 0
                    && Character.toLowerCase(sql.charAt(at - 1)) == 'e'
                    && (at == 1 || !Character.isJavaIdentifierPart(sql.charAt(at - 2)));
        }

        /** {@code $tag$ … $tag$}; a lone {@code $} is a sign like others, and so is one within a name. */
        private void skipDollarQuoted() {
            int tag = at + 1;
            while (tag < sql.length() && Character.isJavaIdentifierPart(sql.charAt(tag)) && sql.charAt(tag) != '$') {
                tag++;
            }
            boolean isTag = tag < sql.length()
                    && sql.charAt(tag) == '$'
                    && !Character.isDigit(sql.charAt(at + 1))
                    && (at == 0 || !Character.isJavaIdentifierPart(sql.charAt(at - 1)));
            if (isTag) {
                skipTo(sql.substring(at, tag + 1), tag + 1);
            } else {
                at++;
            }
        }

        private void skipTo(String word, int from) {
            int found = sql.indexOf(word, from);
            at = found < 0 ? sql.length() : found + word.length();
        }
    }
}
