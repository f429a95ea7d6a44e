package org.asyncmigrations.testing;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user's tables in the connection's schema, parents before children as far as possible. Immutable.
 *
 * @param tables the tables
 */
record Schema(List<UserTable> tables) {
    /** Excludes the type of partitioned tables, whose rows are in their partitions. */
    private static final Set<String> KINDS = Set.of("TABLE", "BASE TABLE");

    /** Defaults that give each row a different value. */
    private static final Pattern NUMBERING = Pattern.compile("nextval|next value|uuid", Pattern.CASE_INSENSITIVE);

    Schema {
        tables = List.copyOf(tables);
    }

    /**
     * Reads the tables.
     *
     * @param leftAlone names of other tables, in lower case
     */
    static Schema read(Connection connection, Set<String> leftAlone) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        Map<String, UserTable> found = new TreeMap<>();
        try (ResultSet rows = meta.getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (KINDS.contains(rows.getString("TABLE_TYPE"))
                        && !leftAlone.contains(name.toLowerCase(Locale.ROOT))) {
                    found.put(name, new UserTable(name, List.of(), List.of(), Set.of()));
                }
            }
        }
        for (String name : List.copyOf(found.keySet())) {
            found.put(
                    name,
                    new UserTable(
                            name, columns(connection, name), key(connection, name), references(connection, name)));
        }
        return new Schema(parentsFirst(found));
    }

    private static List<UserTable.Column> columns(Connection connection, String table) throws SQLException {
        Map<Integer, UserTable.Column> columns = new TreeMap<>();
        DatabaseMetaData meta = connection.getMetaData();
        try (ResultSet rows =
                meta.getColumns(connection.getCatalog(), connection.getSchema(), escaped(meta, table), "%")) {
            while (rows.next()) {
                if (rows.getString("TABLE_NAME").equals(table)) {
                    columns.put(
                            rows.getInt("ORDINAL_POSITION"),
                            new UserTable.Column(
                                    rows.getString("COLUMN_NAME"),
                                    rows.getInt("DATA_TYPE"),
                                    "YES".equals(rows.getString("IS_GENERATEDCOLUMN")),
                                    "YES".equals(rows.getString("IS_AUTOINCREMENT"))
                                            || isNumbering(rows.getString("COLUMN_DEF"))));
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private static boolean isNumbering(@Nullable String byDefault) {
        return byDefault != null && NUMBERING.matcher(byDefault).find();
    }

    /** The name as a pattern that matches nothing else. */
    private static String escaped(DatabaseMetaData meta, String name) throws SQLException {
        String escape = meta.getSearchStringEscape();
        return name.replace("_", escape + "_").replace("%", escape + "%");
    }

    private static List<String> key(Connection connection, String table) throws SQLException {
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet rows =
                connection.getMetaData().getPrimaryKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(key.values());
    }

    private static Set<UserTable.Reference> references(Connection connection, String table) throws SQLException {
        Set<UserTable.Reference> references = new HashSet<>();
        try (ResultSet rows =
                connection.getMetaData().getImportedKeys(connection.getCatalog(), connection.getSchema(), table)) {
            while (rows.next()) {
                references.add(
                        new UserTable.Reference(rows.getString("FKCOLUMN_NAME"), rows.getString("PKTABLE_NAME")));
            }
        }
        return references;
    }

    private static List<UserTable> parentsFirst(Map<String, UserTable> found) {
        Map<String, UserTable> ordered = new LinkedHashMap<>();
        List<UserTable> left = new ArrayList<>(found.values());
        while (!left.isEmpty()) {
            List<UserTable> next = left.stream()
                    .filter(table -> table.parents().stream()
                            .allMatch(parent -> parent.equals(table.name())
                                    || ordered.containsKey(parent)
                                    || !found.containsKey(parent)))
                    .toList();
            // Tables in a cycle of foreign keys have no order; the database defers the checks or fails.
            List<UserTable> taken = next.isEmpty() ? List.copyOf(left) : next;
            taken.forEach(table -> ordered.put(table.name(), table));
            left.removeAll(taken);
        }
        return List.copyOf(ordered.values());
    }
}
