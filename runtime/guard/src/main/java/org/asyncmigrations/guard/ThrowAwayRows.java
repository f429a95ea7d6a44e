package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.guard.Catalog.Relation;

/** Which tables have rows in a transaction of PostgreSQL, and how to get rid of them. */
final class ThrowAwayRows {
    private final Connection connection;
    private final Set<Long> tables;

    private ThrowAwayRows(Connection connection, Set<Long> tables) {
        this.connection = connection;
        this.tables = tables;
    }

    /** Looks into all tables of the catalog. */
    static ThrowAwayRows read(Connection connection, Catalog catalog) throws SQLException {
        Map<Long, String> tables = new LinkedHashMap<>();
        catalog.relations().forEach((oid, relation) -> {
            if (relation.isTable()) {
                tables.put(oid, relation.qualified());
            }
        });
        return new ThrowAwayRows(connection, filled(connection, tables));
    }

    /**
     * Which of these tables have rows, in one query.
     *
     * @param tables by oid, as SQL has them
     */
    static Set<Long> filled(Connection connection, Map<Long, String> tables) throws SQLException {
        Set<Long> filled = new HashSet<>();
        String query = tables.entrySet().stream()
                .map(table -> "select %d where exists (select 1 from %s)".formatted(table.getKey(), table.getValue()))
                .collect(Collectors.joining(" union all "));
        if (!query.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                Catalog.each(statement, query, row -> filled.add(row.getLong(1)));
            }
        }
        return filled;
    }

    /** Whether the table had rows when the transaction began, and they have not been deleted here. */
    boolean had(long table) {
        return tables.contains(table);
    }

    boolean isEmpty(Relation table) throws SQLException {
        boolean[] empty = new boolean[1];
        try (Statement statement = connection.createStatement()) {
            Catalog.each(
                    statement,
                    "select not exists (select 1 from %s)".formatted(table.qualified()),
                    row -> empty[0] = row.getBoolean(1));
        }
        return empty[0];
    }

    /** Deletes all rows, without triggers and foreign keys. */
    void deleteAll(Statement statement, Catalog catalog) throws SQLException {
        statement.execute("set local session_replication_role = replica");
        for (Relation table : List.copyOf(catalog.relations().values())) {
            if (table.isTable()) {
                statement.execute("delete from " + table.qualified());
            }
        }
        statement.execute("set local session_replication_role = origin");
        tables.clear();
    }
}
