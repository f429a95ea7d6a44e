package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        ThrowAwayRows rows = new ThrowAwayRows(connection, new HashSet<>());
        for (var relation : catalog.relations().entrySet()) {
            if (relation.getValue().isTable() && !rows.isEmpty(relation.getValue())) {
                rows.tables.add(relation.getKey());
            }
        }
        return rows;
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
