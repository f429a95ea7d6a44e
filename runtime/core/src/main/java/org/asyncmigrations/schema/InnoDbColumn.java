package org.asyncmigrations.schema;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.ExpandContract.NewColumn;
import org.jooq.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A column as MariaDB's catalog describes it. Immutable.
 *
 * @param name as the catalog spells it
 * @param dataType the type without its length
 * @param type the type as it is declared
 * @param charset its character set, null for none
 * @param collation its collation, null for none
 * @param isNullable whether it takes NULL
 * @param extra what else is declared
 * @param comment its comment
 */
record InnoDbColumn(
        String name,
        String dataType,
        String type,
        @Nullable String charset,
        @Nullable String collation,
        boolean isNullable,
        String extra,
        String comment) {
    private static final Pattern FIRST_OF_ENUM = Pattern.compile("enum\\(('(?:[^']|'')*')");

    boolean isText() {
        return charset != null;
    }

    static boolean isText(NewColumn column) {
        DataType<?> type = column.column().getDataType();
        return type.isString() || type.isJSON() || type.isEnum();
    }

    /** Byte by byte, in one character set: a collation holds different texts for equal. */
    static String same(boolean isText, String one, String other) {
        return isText ? bytes(one) + " <=> " + bytes(other) : one + " <=> " + other;
    }

    private static String bytes(String text) {
        return "cast(convert(" + text + " using utf8mb4) as binary)";
    }

    /** {@return an expression as a value of this column's type; a text keeps its length, since a cast would cut it off} */
    String cast(String sql) {
        return switch (dataType) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" ->
                "cast(" + sql + " as " + (type.contains("unsigned") ? "unsigned" : "signed") + ")";
            case "decimal", "float", "date", "time", "datetime" ->
                "cast(" + sql + " as " + type.replaceAll(" .*", "") + ")";
            case "timestamp" -> "cast(" + sql + " as " + type.replace("timestamp", "datetime") + ")";
            default -> sql;
        };
    }

    /**
     * The definition of a column that inserts need not name. It stays NOT NULL, because the server would copy the table to take NULL.
     *
     * @return the type and what follows it, null if there is no default for this type
     */
    @Nullable
    String optional() {
        String none = isNullable ? "null" : anyValue();
        if (none == null) {
            return null;
        }
        return type
                + (charset == null ? "" : " character set " + charset + " collate " + collation)
                + (isNullable ? " null" : " not null")
                + (extra.toLowerCase(Locale.ROOT).contains("invisible") ? " invisible" : "")
                + " default " + none;
    }

    private @Nullable String anyValue() {
        return switch (dataType) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double" -> "0";
            case "bit" -> "b'0'";
            case "year" -> "2000";
            case "date" -> "'2000-01-01'";
            case "datetime", "timestamp" -> "'2000-01-01 00:00:00'";
            case "time" -> "'00:00:00'";
            case "uuid" -> "'00000000-0000-0000-0000-000000000000'";
            case "inet4" -> "'0.0.0.0'";
            case "inet6" -> "'::'";
            case "enum" -> {
                Matcher first = FIRST_OF_ENUM.matcher(type);
                yield first.find() ? first.group(1) : null;
            }
            case "char",
                    "varchar",
                    "tinytext",
                    "text",
                    "mediumtext",
                    "longtext",
                    "set",
                    "binary",
                    "varbinary",
                    "tinyblob",
                    "blob",
                    "mediumblob",
                    "longblob" -> "''";
            default -> null;
        };
    }
}
