package org.asyncmigrations.release;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Connections;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the schema, from the tables of Flyway and Liquibase. Read when it's the turn of a migration that requires a
 * version, until that version is found. Thread-safe.
 */
public final class SchemaHistory {
    private final Connections connections;
    private final Tables tables;
    private final String schema;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    /**
     * The tables' names, with a schema and a dot in front if they aren't in the connection's own schema.
     *
     * @param flyway Flyway's table, in its exact case
     * @param liquibase Liquibase's table
     */
    public record Tables(String flyway, String liquibase) {
        /** The default names of both tools. */
        public static final Tables DEFAULT = new Tables("flyway_schema_history", "DATABASECHANGELOG");
    }

    /**
     * The history of a schema.
     *
     * @param connections connects to the database
     * @param tables the tables' names
     * @param schema a second schema to search if the connection's own doesn't have a table; empty for none
     */
    @SuppressWarnings("exports")
    public SchemaHistory(Connections connections, Tables tables, String schema) {
        this.connections = connections;
        this.tables = tables;
        this.schema = schema;
    }

    /**
     * Why a migration waits for the schema.
     *
     * @param entry the migration
     * @return the reason, in a sentence; null if the schema has the required version
     * @throws SQLException if there is no connection
     */
    public @Nullable String waitsFor(MigrationEntry entry) throws SQLException {
        String version = entry.requiresSchema();
        if (version.isEmpty() || present.contains(version)) {
            return null;
        }
        List<String> found = new ArrayList<>();
        for (SchemaTable table : all()) {
            SchemaTable.Reading reading = read(table, version);
            if (reading != null && reading.has()) {
                present.add(version);
                return null;
            }
            if (reading != null) {
                found.add(table.name() + " has " + reading.instead());
            }
        }
        return "waits for version " + version + " of the schema ("
                + (found.isEmpty()
                        ? "there is neither " + tables.flyway() + " nor " + tables.liquibase()
                        : String.join(" and ", found))
                + ")";
    }

    private List<SchemaTable> all() {
        return Stream.of(new FlywayTable(tables.flyway()), new LiquibaseTable(tables.liquibase()))
                .flatMap(table -> schema.isEmpty() || table.name().contains(".")
                        ? Stream.of(table)
                        : Stream.of(table, table.in(schema)))
                .toList();
    }

    /** Each in its own transaction: on PostgreSQL, a query for a missing table fails the transaction. */
    private SchemaTable.@Nullable Reading read(SchemaTable table, String version) throws SQLException {
        try {
            return connections.transaction((DSLContext dsl) -> table.read(dsl, version));
        } catch (DataAccessException failure) {
            if (Trouble.isMissingTable(failure)) {
                return null;
            }
            throw failure;
        }
    }
}
