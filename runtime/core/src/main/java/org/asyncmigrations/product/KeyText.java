package org.asyncmigrations.product;

import java.util.HexFormat;
import java.util.Set;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * How a database writes a column's value as text without loss, and reads the text back as a value of the column's own type. The
 * value never passes through a Java type: {@code java.sql.Timestamp} moves times that the JVM's zone skips in spring, and
 * a value bound as another type than the column's keeps the database from its index.
 *
 * @param read a jOOQ template from the column to text
 * @param bind a jOOQ template from text to a value
 * @param hex whether the text is that of bytes, and they are bound instead
 */
public record KeyText(String read, String bind, boolean hex) {
    /** MariaDB's zero dates (0000-00-00) are cast to NULL, or to an error, where the session's sql_mode forbids them. */
    private static final Set<String> PARTIAL = Set.of("cast({0} as date)", "cast({0} as datetime(6))");

    /**
     * A value's text.
     *
     * @param value the value
     * @return its text, null for one that the database does not take back from its text
     */
    public Field<String> text(Field<?> value) {
        return PARTIAL.contains(bind) ? proven(value) : DSL.field(read, String.class, value);
    }

    /**
     * The text of a value that a walk goes on from. Held against the value whatever the type, since the table may have been altered
     * since its key was resolved: from another value the walk would leave rows out, or come back for ever.
     *
     * @param value the value
     * @return its text
     */
    public Field<String> proven(Field<?> value) {
        if (hex) {
            return DSL.field(read, String.class, value);
        }
        String back = bind.replace("{0}", read);
        // What is null all the same may be equal: MariaDB takes the cast out of a comparison.
        String isThere = PARTIAL.contains(bind) ? back + " is not null and " : "";
        String template = "case when " + isThere + back + " = {0} then " + read + " end";
        return DSL.field(template, String.class, value);
    }

    /**
     * What is bound for a text.
     *
     * @param text the text
     * @return the text itself, or bytes
     */
    public Object bound(String text) {
        return hex ? HexFormat.of().parseHex(text) : text;
    }

    /**
     * A value of the column's type.
     *
     * @param bound what is {@link #bound}
     * @return the value
     */
    public Field<Object> value(Field<?> bound) {
        return DSL.field(bind, Object.class, bound);
    }
}
