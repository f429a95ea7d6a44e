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
     * @throws IllegalArgumentException if it is blank, or several statements, or one that returns rows
     */
    public static WrittenSql of(String sql, Product product) {
        if (sql.isBlank()) {
            throw new IllegalArgumentException("a migration may not execute a blank text");
        }
        return new WrittenSql(sql, pieces(sql, product.isWrittenAsMySql()));
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

    private static List<String> pieces(String sql, boolean mySql) {
        List<List<SqlToken>> statements = SqlLexer.statements(sql, mySql);
        // Only the first one's rows would be counted. A body between BEGIN and END has semicolons of its own.
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
                throw new IllegalArgumentException("execute(…) may not get a statement with RETURNING, because it"
                        + " counts no rows that are returned: " + sql + "; use dsl().fetch(…) instead");
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

    /** Within parentheses it belongs to a part of the statement, or to a function on JSON. */
    private static boolean isReturning(String sql, SqlToken token) {
        int end = token.start() + token.text().length();
        return token.is("RETURNING")
                && token.depth() == 0
                && (token.start() == 0 || sql.charAt(token.start() - 1) != '.')
                && (end == sql.length() || sql.charAt(end) != '.');
    }
}
