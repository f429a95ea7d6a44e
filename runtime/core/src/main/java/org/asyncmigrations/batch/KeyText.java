package org.asyncmigrations.batch;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.asyncmigrations.batch.TableShape.Collation;
import org.asyncmigrations.batch.TableShape.Column;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * How a database writes a column's value as text without loss, and reads the text back as a value of the column's own type. The
 * value never passes through a Java type: {@code java.sql.Timestamp} moves times that the JVM's zone skips in spring, and
 * a value bound as another type than the column's keeps the database from its index.
 *
 * @param read a jOOQ template from the column to text
 * @param bind a jOOQ template from text to a value
 * @param hex whether the text is that of bytes, and they are bound instead
 */
record KeyText(String read, String bind, boolean hex) {
    /** Bound as they are. */
    private static final String BYTES = "{0}";

    /**
     * Of a value without collation MariaDB makes one of the connection's, which it may prefer to the column's: rows would be compared in
     * another order than that in which they are read, or without the index, or not at all.
     */
    private static final String COLLATED = "convert({0} using %3$s) collate %4$s";

    /** MariaDB's zero dates (0000-00-00) are cast to NULL, or to an error, where the session's sql_mode forbids them. */
    private static final Set<String> PARTIAL = Set.of("cast({0} as date)", "cast({0} as datetime(6))");

    private static final Set<String> POSTGRES = Set.of(
            "smallint",
            "integer",
            "bigint",
            "numeric",
            "boolean",
            "character varying",
            "text",
            "bpchar",
            "citext",
            "uuid",
            "date",
            "timestamp without time zone",
            "timestamp with time zone",
            "bytea");

    /** A missing entry is refused: text that loses digits (floating point), or an order other than the text's (MariaDB's ENUM). */
    private static final Map<String, KeyText> H2 = templates(
            "cast({0} as varchar)",
            "rawtohex({0})",
            Map.ofEntries(
                    Map.entry("TINYINT SMALLINT INTEGER BIGINT", "cast({0} as bigint)"),
                    Map.entry("NUMERIC DECIMAL", "cast({0} as numeric(%1$d, %2$d))"),
                    Map.entry("DECFLOAT", "cast({0} as decfloat)"),
                    Map.entry("BOOLEAN", "cast({0} as boolean)"),
                    Map.entry("CHARACTER_VARYING CHARACTER", "cast({0} as varchar)"),
                    Map.entry("VARCHAR_IGNORECASE", "cast({0} as varchar_ignorecase)"),
                    Map.entry("UUID", "cast({0} as uuid)"),
                    Map.entry("DATE", "cast({0} as date)"),
                    Map.entry("TIMESTAMP", "cast({0} as timestamp(9))"),
                    Map.entry("TIMESTAMP_WITH_TIME_ZONE", "cast({0} as timestamp(9) with time zone)"),
                    Map.entry("BINARY BINARY_VARYING", BYTES)));

    private static final Map<String, KeyText> MARIADB = templates(
            "cast({0} as char)",
            "hex({0})",
            Map.ofEntries(
                    Map.entry("TINYINT SMALLINT MEDIUMINT INT INTEGER BIGINT", "cast({0} as signed)"),
                    Map.entry(
                            "TINYINT_UNSIGNED SMALLINT_UNSIGNED MEDIUMINT_UNSIGNED INT_UNSIGNED INTEGER_UNSIGNED BIGINT_UNSIGNED",
                            "cast({0} as unsigned)"),
                    Map.entry("DECIMAL DECIMAL_UNSIGNED", "cast({0} as decimal(%1$d, %2$d))"),
                    Map.entry("CHAR VARCHAR", COLLATED),
                    Map.entry("UUID", "cast({0} as uuid)"),
                    Map.entry("DATE", "cast({0} as date)"),
                    Map.entry("DATETIME TIMESTAMP", "cast({0} as datetime(6))"),
                    Map.entry("BINARY VARBINARY", BYTES)));

    /** {@return how that database writes a column of that type, null for a type that is refused} */
    static @Nullable KeyText of(SQLDialect family, Column column) {
        return switch (family) {
            case POSTGRES -> ofPostgres(column);
            case H2 -> sized(H2.get(column.type().replace(' ', '_')), column);
            default -> sized(MARIADB.get(column.type().replace(' ', '_')), column);
        };
    }

    private static @Nullable KeyText ofPostgres(Column column) {
        String name = column.castType();
        String plain = name.substring(name.lastIndexOf('.') + 1); // citext may live in any schema
        return column.isEnum() || POSTGRES.contains(plain)
                ? new KeyText("cast({0} as text)", "cast({0} as " + name + ")", false)
                : null;
    }

    /** {@return a value's text, null for one that the database does not take back from its text} */
    Field<String> text(Field<?> value) {
        return PARTIAL.contains(bind) ? proven(value) : DSL.field(read, String.class, value);
    }

    /**
     * The text of a value that a walk goes on from. Held against the value whatever the type, since the table may have been altered
     * since its key was resolved: from another value the walk would leave rows out, or come back for ever.
     */
    Field<String> proven(Field<?> value) {
        if (hex) {
            return DSL.field(read, String.class, value);
        }
        String back = bind.replace("{0}", read);
        // What is null all the same may be equal: MariaDB takes the cast out of a comparison.
        String isThere = PARTIAL.contains(bind) ? back + " is not null and " : "";
        String template = "case when " + isThere + back + " = {0} then " + read + " end";
        return DSL.field(template, String.class, value);
    }

    /** {@return what is bound for the text} */
    Object bound(String text) {
        return hex ? HexFormat.of().parseHex(text) : text;
    }

    /** {@return a value of the column's type, from what is {@link #bound}} */
    Field<Object> value(Field<?> bound) {
        return DSL.field(bind, Object.class, bound);
    }

    private static @Nullable KeyText sized(@Nullable KeyText text, Column column) {
        if (text == null) {
            return null;
        }
        Collation collation = column.collation();
        String charset = collation == null ? null : collation.charset();
        String name = collation == null ? null : collation.name();
        String bind = String.format(Locale.ROOT, text.bind, column.precision(), column.scale(), charset, name);
        return new KeyText(text.read, bind, text.hex);
    }

    private static Map<String, KeyText> templates(String asText, String asHex, Map<String, String> binds) {
        Map<String, KeyText> templates = new TreeMap<>();
        binds.forEach((types, bind) -> {
            for (String type : types.split(" ")) {
                boolean hex = bind.equals(BYTES);
                templates.put(type, new KeyText(hex ? asHex : asText, bind, hex));
            }
        });
        return templates;
    }
}
