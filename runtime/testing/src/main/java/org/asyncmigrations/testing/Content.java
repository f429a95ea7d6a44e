package org.asyncmigrations.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all tables, as text. Immutable.
 *
 * @param tables the rows of each table, by its name
 */
record Content(Map<String, Rows> tables) {
    /** Numbers are sorted as numbers, so that people find 3 before 12. */
    static final Comparator<String> ORDER =
            Comparator.<String, String>comparing(Content::padded).thenComparing(Comparator.naturalOrder());

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static String padded(String key) {
        return NUMBER.matcher(key)
                .replaceAll(number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
    }

    /**
     * The rows of a table.
     *
     * @param columns the columns that are compared
     * @param types their types, from {@link Types}
     * @param rows the values by key; if there is no comparable key, the key is the whole row and a number
     */
    record Rows(List<String> columns, List<Integer> types, Map<String, List<@Nullable String>> rows) {}

    /** Reads all tables, whatever their state. */
    static Content read(Connection connection, Schema schema, Ignored ignored) throws SQLException {
        DSLContext dsl = DSL.using(connection);
        Map<String, Rows> tables = new TreeMap<>();
        for (UserTable table : schema.tables()) {
            tables.put(table.name(), read(connection, dsl, table, ignored));
        }
        return new Content(tables);
    }

    private static Rows read(Connection connection, DSLContext dsl, UserTable table, Ignored ignored)
            throws SQLException {
        List<UserTable.Column> columns = table.columns().stream()
                .filter(column -> !ignored.isColumn(table, column))
                .toList();
        List<String> names = columns.stream().map(UserTable.Column::name).toList();
        Map<String, List<@Nullable String>> rows = new LinkedHashMap<>();
        if (!columns.isEmpty()) {
            String sql = dsl.render(dsl.select(columns.stream()
                            .map(column -> DSL.field(column.quoted()))
                            .toList())
                    .from(table.table()));
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    List<@Nullable String> values = values(result, columns);
                    rows.put(key(table, names, values, rows), values);
                }
            }
        }
        return new Rows(names, columns.stream().map(UserTable.Column::type).toList(), rows);
    }

    private static List<@Nullable String> values(ResultSet result, List<UserTable.Column> columns) throws SQLException {
        List<@Nullable String> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            values.add(
                    switch (columns.get(i).type()) {
                        case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> {
                            byte[] bytes = result.getBytes(i + 1);
                            yield bytes == null ? null : HexFormat.of().formatHex(bytes);
                        }
                        default -> result.getString(i + 1);
                    });
        }
        return values;
    }

    /** {@return a row's name: its key if that is compared, otherwise its values and a number} */
    static String key(
            UserTable table,
            List<String> names,
            List<@Nullable String> values,
            Map<String, List<@Nullable String>> others) {
        if (table.key().isEmpty() || !names.containsAll(table.key())) {
            return numbered(others, values);
        }
        return table.key().stream()
                .map(column -> column + " = " + values.get(names.indexOf(column)))
                .collect(Collectors.joining(", "));
    }

    /** A number distinguishes equal rows, so that two of them don't become one. */
    private static String numbered(Map<String, List<@Nullable String>> rows, List<@Nullable String> values) {
        String text = String.valueOf(values);
        int number = 1;
        while (rows.containsKey(text + " #" + number)) {
            number++;
        }
        return text + " #" + number;
    }

    boolean isEmpty() {
        return tables.values().stream().allMatch(rows -> rows.rows().isEmpty());
    }

    /** {@return the number of rows in all tables} */
    long size() {
        return tables.values().stream().mapToLong(rows -> rows.rows().size()).sum();
    }

    /** {@return the tables that have rows, with the number of rows, for people} */
    String words() {
        return tables.entrySet().stream()
                .filter(table -> !table.getValue().rows().isEmpty())
                .map(table -> table.getKey() + " (" + table.getValue().rows().size() + ")")
                .collect(Collectors.joining(", "));
    }
}
