package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a release can name in a schema of MariaDB, in lower case.
 *
 * @param columns by table; for each whether an insert has to name it
 * @param baseTables tables that are no views
 * @param withRows tables that have rows
 */
record MariaDbNames(Map<String, Map<String, Boolean>> columns, List<String> baseTables, Set<String> withRows) {
    private static final String COLUMNS = """
            select lower(table_name), lower(column_name),
                   is_nullable = 'NO' and column_default is null and extra not like '%auto_increment%' and is_generated = 'NEVER'
            from information_schema.columns where table_schema = database() order by 1, ordinal_position""";

    private static final String TABLES =
            "select lower(table_name) from information_schema.tables where table_schema = database() and table_type like '%TABLE'";

    static MariaDbNames read(Connection connection) throws SQLException {
        Map<String, Map<String, Boolean>> columns = new LinkedHashMap<>();
        List<String> tables = new ArrayList<>();
        Set<String> withRows = new java.util.HashSet<>();
        try (Statement statement = connection.createStatement()) {
            Catalog.each(
                    statement,
                    COLUMNS,
                    row -> columns.computeIfAbsent(row.getString(1), table -> new LinkedHashMap<>())
                            .put(row.getString(2), row.getBoolean(3)));
            Catalog.each(statement, TABLES, row -> tables.add(row.getString(1)));
            for (String table : tables) {
                Catalog.each(statement, "select 1 from `%s` limit 1".formatted(table), row -> withRows.add(table));
            }
        }
        return new MariaDbNames(columns, tables, withRows);
    }

    Set<String> tables() {
        return columns.keySet();
    }

    /** A sentence for each name of a release that is no longer there, and each insert of it that fails. */
    List<String> missingIn(MariaDbNames now, MariaDbNames released) {
        List<String> missing = new ArrayList<>();
        columns.forEach((table, old) -> {
            if (!released.columns.containsKey(table)) {
                return;
            }
            Map<String, Boolean> found = now.columns.get(table);
            if (found == null) {
                missing.add(table + " is gone or renamed");
                return;
            }
            old.keySet().stream()
                    .filter(column -> !found.containsKey(column))
                    .forEach(column -> missing.add("column %s of %s is gone or renamed".formatted(column, table)));
            found.forEach((column, required) -> {
                if (required && !old.containsKey(column)) {
                    missing.add("inserts into %s that do not name column %s fail: it is not null, without a default"
                            .formatted(table, column));
                }
            });
        });
        return missing;
    }
}
