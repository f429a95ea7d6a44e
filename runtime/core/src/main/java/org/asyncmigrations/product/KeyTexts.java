package org.asyncmigrations.product;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.asyncmigrations.product.TableShape.Collation;
import org.asyncmigrations.product.TableShape.Column;
import org.jspecify.annotations.Nullable;

/** The key types of each product, and how to write them as text. Stateless and thread-safe. */
final class KeyTexts {
    /** Bound without a cast. */
    private static final String BYTES = "{0}";

    /**
     * MariaDB gives a value without a collation that of the connection, and may prefer it to the column's. Then it would compare
     * rows in another order than it reads them, or without the index, or fail.
     */
    private static final String COLLATED = "convert({0} using %3$s) collate %4$s";

    /** An unsigned column may be ZEROFILL, with leading zeros in its text; not every driver reports that. */
    private static final String UNSIGNED = " UNSIGNED";

    private static final String ZEROFILL = " ZEROFILL";

    private static final Set<String> PLAIN = Set.of(
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

    /** Types that are missing here are refused: their text loses digits (floating point), or they aren't sorted by it (MariaDB's ENUM). */
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

    private static final Map<String, KeyText> INNODB = templates(
            "cast({0} as char)",
            "hex({0})",
            Map.ofEntries(
                    Map.entry("TINYINT SMALLINT MEDIUMINT INT INTEGER BIGINT BOOLEAN", "cast({0} as signed)"),
                    Map.entry(
                            "TINYINT_UNSIGNED SMALLINT_UNSIGNED MEDIUMINT_UNSIGNED INT_UNSIGNED INTEGER_UNSIGNED BIGINT_UNSIGNED",
                            "cast({0} as unsigned)"),
                    Map.entry("DECIMAL DECIMAL_UNSIGNED", "cast({0} as decimal(%1$d, %2$d))"),
                    Map.entry("CHAR VARCHAR", COLLATED),
                    Map.entry("UUID", "cast({0} as uuid)"),
                    Map.entry("DATE", "cast({0} as date)"),
                    Map.entry("DATETIME TIMESTAMP", "cast({0} as datetime(6))"),
                    Map.entry("BINARY VARBINARY", BYTES)));

    static @Nullable KeyText ofH2(Column column) {
        return sized(H2.get(column.type().replace(' ', '_')), column);
    }

    static @Nullable KeyText ofInnoDb(Column column) {
        boolean isPadded = column.type().contains(UNSIGNED);
        String type = column.type().replace(ZEROFILL, "").replace(' ', '_');
        KeyText text = sized(INNODB.get(type), column);
        return text == null || !isPadded ? text : new KeyText("cast({0} + 0 as char)", text.bind(), text.hex());
    }

    static @Nullable KeyText ofPostgres(Column column) {
        String name = column.castType();
        String plain = name.substring(name.lastIndexOf('.') + 1); // citext may live in any schema
        return column.isEnum() || PLAIN.contains(plain)
                ? new KeyText("cast({0} as text)", "cast({0} as " + name + ")", false)
                : null;
    }

    private KeyTexts() {}

    private static @Nullable KeyText sized(@Nullable KeyText text, Column column) {
        if (text == null) {
            return null;
        }
        Collation collation = column.collation();
        String charset = collation == null ? null : collation.charset();
        String name = collation == null ? null : collation.name();
        String bind = String.format(Locale.ROOT, text.bind(), column.precision(), column.scale(), charset, name);
        return new KeyText(text.read(), bind, text.hex());
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
