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
import org.jooq.exception.SQLDialectNotSupportedException;
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

    private static final String RETURNING = "returning";

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
     * @throws IllegalArgumentException if it is blank, or several statements, or one that returns rows
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
        List<QueryPart> parts = new ArrayList<>();
        for (Object value : values) {
            parts.add(part(dsl, value, parts.size() + 1));
        }
        return dsl.query("{0}", CustomQueryPart.of(context -> accept(context, rows, parts)))
                .execute();
    }

    private void accept(Context<?> context, @Nullable Condition rows, List<QueryPart> values) {
        int bind = 0;
        for (String piece : pieces) {
            if (piece.equals(BIND)) {
                context.visit(values.get(bind++));
            } else if (piece.equals(ROWS) && rows != null) {
                context.sql('(').visit(rows).sql(')');
            } else {
                context.sql(piece, true);
            }
        }
    }

    private QueryPart part(DSLContext dsl, @Nullable Object value, int number) {
        try {
            Field<?> part = value instanceof Field<?> field ? field : DSL.val(value);
            dsl.render(part); // Asks for its type.
            return part;
        } catch (SQLDialectNotSupportedException noType) {
            throw new IllegalArgumentException(
                    "bind value " + number + " is a "
                            + (value == null ? null : value.getClass().getName())
                            + ", which has no SQL type: " + sql
                            + "; pass text, a number or a java.time value instead, such as"
                            + " name() of an enum, String.valueOf(…) of a character, and an array or one ? for each"
                            + " element of a list",
                    noType);
        }
    }

    /** Cuts one text. Used once. */
    private static final class Cutter {
        private final String sql;
        private final boolean mySql;
        private final List<String> pieces = new ArrayList<>();
        private int begin;
        private int at;
        private int depth;
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
                at = QuotedText.end(sql, at, mySql);
            } else if (c == '$' && !mySql) {
                skipDollarQuoted();
            } else if (sql.startsWith("??", at)) {
                at += 2;
            } else if (c == '?') {
                cut(BIND);
            } else if (sql.startsWith(ROWS, at)) {
                cut(ROWS);
            } else if (isReturning()) {
                throw new IllegalArgumentException("execute(…) may not get a statement with RETURNING, because it"
                        + " counts no rows that are returned: " + sql + "; use dsl().fetch(…) instead");
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            }
        }

        /** Within parentheses it belongs to a part of the statement, or to a function on JSON. */
        private boolean isReturning() {
            int end = at + RETURNING.length();
            return depth == 0
                    && sql.regionMatches(true, at, RETURNING, 0, RETURNING.length())
                    && (at == 0 || !isPartOfName(sql.charAt(at - 1)))
                    && (end == sql.length() || !isPartOfName(sql.charAt(end)))
                    && !hasBody();
        }

        private static boolean isPartOfName(char c) {
            return Character.isJavaIdentifierPart(c) || c == '.';
        }

        private void cut(String piece) {
            pieces.add(sql.substring(begin, at));
            pieces.add(piece);
            at += piece.length();
            begin = at;
        }

        /** Only the first one's rows would be counted. A body between BEGIN and END has semicolons of its own. */
        private void requireOneStatement() {
            if (ended && !hasBody()) {
                throw new IllegalArgumentException(
                        "a migration may execute only one statement at a time, and this text has"
                                + " another one after the semicolon: " + sql + "; call execute once for each");
            }
        }

        private boolean hasBody() {
            String start = sql.stripLeading().toLowerCase(Locale.ROOT);
            return start.startsWith("create") || start.startsWith("begin");
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
