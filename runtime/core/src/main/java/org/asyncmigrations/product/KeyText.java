package org.asyncmigrations.product;

import java.util.HexFormat;
import java.util.Set;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * How a database writes a column's value as text without loss, and reads it back as a value of the column's own type. The value
 * never becomes a Java type: {@code java.sql.Timestamp} changes times that the JVM's zone skips in spring, and a value bound with
 * another type than the column's may keep the database from using its index.
 *
 * @param read a jOOQ template from the column to text
 * @param bind a jOOQ template from text to a value
 * @param hex whether the text is hexadecimal; the bytes are bound then
 */
public record KeyText(String read, String bind, boolean hex) {
    /** If the session's sql_mode forbids zero dates (0000-00-00), MariaDB casts them to NULL or fails. */
    private static final Set<String> PARTIAL = Set.of("cast({0} as date)", "cast({0} as datetime(6))");

    /**
     * A value's text.
     *
     * @param value the value
     * @return its text, null if the database can't read the value back from its text
     */
    public Field<String> text(Field<?> value) {
        return PARTIAL.contains(bind) ? proven(value) : DSL.field(read, String.class, value);
    }

    /**
     * The text of a value that the walk continues from. It is compared with the value for every type, since the table may have been
     * altered after its key was resolved: from a different value, the walk would skip rows or never end.
     *
     * @param value the value
     * @return its text, null if it differs from the value
     */
    public Field<String> proven(Field<?> value) {
        if (hex) {
            return DSL.field(read, String.class, value);
        }
        String back = bind.replace("{0}", read);
        // MariaDB removes the cast from the comparison, so it can be true although the cast is null.
        String isThere = PARTIAL.contains(bind) ? back + " is not null and " : "";
        String template = "case when " + isThere + back + " = {0} then " + read + " end";
        return DSL.field(template, String.class, value);
    }

    /**
     * The value to bind for a text.
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
     * @param bound the result of {@link #bound}
     * @return the value
     */
    public Field<Object> value(Field<?> bound) {
        return DSL.field(bind, Object.class, bound);
    }
}
