package org.asyncmigrations.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.sql.SqlLexer;
import org.asyncmigrations.sql.SqlToken;
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
 * A statement as the migration wrote it, split where a bind value or a condition is inserted. The text in between is sent
 * unchanged: jOOQ's own templates would take {@code a[1:2]} for a bind value, and braces for keywords. It knows each product's
 * quotes and comments, and no other SQL. Immutable and thread-safe.
 */
public final class WrittenSql {
    /** The placeholder for a batch's condition. */
    public static final String ROWS = "{rows}";

    private static final String BIND = "?";

    private final String sql;

    /** Alternately text and placeholder; the last one is text. */
    private final List<String> pieces;

    private final int binds;

    private WrittenSql(String sql, List<String> pieces) {
        this.sql = sql;
        this.pieces = List.copyOf(pieces);
        this.binds = (int) pieces.stream().filter(BIND::equals).count();
    }

    /**
     * Splits a text.
     *
     * @param sql the text
     * @param product the product whose quotes and comments the text uses
     * @return the statement
     * @throws IllegalArgumentException if the text is blank, contains several statements, or returns rows
     */
    public static WrittenSql of(String sql, Product product) {
        if (sql.isBlank()) {
            throw new IllegalArgumentException("a migration must not execute a blank text");
        }
        return new WrittenSql(sql, pieces(sql, product.isWrittenAsMySql()));
    }

    /** {@return whether the text contains {@link #ROWS}} */
    public boolean hasRows() {
        return pieces.contains(ROWS);
    }

    /**
     * Executes the statement.
     *
     * @param dsl access to the database
     * @param rows the condition for {@link #ROWS}; without it, the placeholder is sent as text
     * @param values a value for each question mark
     * @return how many rows it has changed
     * @throws IllegalArgumentException if there are more or fewer values than question marks
     */
    public long execute(DSLContext dsl, @Nullable Condition rows, @Nullable Object... values) {
        if (values.length != binds) {
            throw new IllegalArgumentException(
                    "the statement has " + binds + " bind values (?) but got " + values.length + " values: " + sql
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
            dsl.render(part); // Throws if the value has no SQL type.
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

    private static List<String> pieces(String sql, boolean mySql) {
        List<List<SqlToken>> statements = SqlLexer.statements(sql, mySql);
        // Only the first statement's rows would be counted. A body between BEGIN and END contains semicolons of its
        // own.
        String start = sql.stripLeading().toLowerCase(Locale.ROOT);
        boolean hasBody = start.startsWith("create") || start.startsWith("begin");
        if (statements.size() > 1 && !hasBody) {
            throw new IllegalArgumentException("a migration may execute only one statement at a time, and this text has"
                    + " another one after the semicolon: " + sql + "; call execute once for each");
        }
        List<String> pieces = new ArrayList<>();
        int begin = 0;
        int doubled = -1;
        for (SqlToken token : statements.stream().flatMap(List::stream).toList()) {
            int at = token.start();
            if (!hasBody && isReturning(sql, token)) {
                throw new IllegalArgumentException("execute(…) cannot run a statement with RETURNING, because it does"
                        + " not count returned rows: " + sql + "; use dsl().fetch(…) instead");
            }
            if (token.is(BIND) && at != doubled && sql.startsWith("??", at)) {
                doubled = at + 1;
            } else if (token.is(BIND) && at != doubled || token.is("{") && sql.startsWith(ROWS, at)) {
                String piece = token.is(BIND) ? BIND : ROWS;
                pieces.add(sql.substring(begin, at));
                pieces.add(piece);
                begin = at + piece.length();
            }
        }
        pieces.add(sql.substring(begin));
        return pieces;
    }

    /**
     * Whether the token makes the statement return rows. Within parentheses, RETURNING belongs to a part of the statement or to a
     * JSON function.
     */
    private static boolean isReturning(String sql, SqlToken token) {
        int end = token.start() + token.text().length();
        return token.is("RETURNING")
                && token.depth() == 0
                && (token.start() == 0 || sql.charAt(token.start() - 1) != '.')
                && (end == sql.length() || sql.charAt(end) != '.');
    }
}
