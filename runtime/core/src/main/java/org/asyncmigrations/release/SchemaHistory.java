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
 * What the schema has, by the tables in which Flyway and Liquibase keep it. Read when a migration that requires a version has
 * its turn, and not any more once that version is there. Safe for threads.
 */
public final class SchemaHistory {
    private final Connections connections;
    private final Tables tables;
    private final String schema;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    /**
     * The tables' names, with a schema before a dot where they are in another one than the connection's.
     *
     * @param flyway Flyway's, in the case it has
     * @param liquibase Liquibase's
     */
    public record Tables(String flyway, String liquibase) {
        /** What both tools name them unless told otherwise. */
        public static final Tables DEFAULT = new Tables("flyway_schema_history", "DATABASECHANGELOG");
    }

    /**
     * The history of a schema.
     *
     * @param connections where it is
     * @param tables the tables' names
     * @param schema where a table is looked for that the connection's own schema does not have; empty for nowhere
     */
    public SchemaHistory(Connections connections, Tables tables, String schema) {
        this.connections = connections;
        this.tables = tables;
        this.schema = schema;
    }

    /**
     * Why a migration waits for the schema.
     *
     * @param entry the migration
     * @return the reason, in a sentence; null when the schema has what the migration requires
     * @throws SQLException when there is no connection
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

    /** Each in a transaction of its own: on PostgreSQL, one that asks for a table that is not there has failed. */
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
