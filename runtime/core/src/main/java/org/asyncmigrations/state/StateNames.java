package org.asyncmigrations.state;

import java.sql.SQLException;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.session.Connections;
import org.jooq.DSLContext;
import org.jooq.Schema;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.conf.SettingsTools;

/**
 * The schema of the state tables. Every statement names it, since a name that is found along a search path may be another
 * application's or tenant's table. Immutable and thread-safe.
 *
 * @param schema the schema, on MariaDB and MySQL a database
 */
record StateNames(String schema) {
    /**
     * The schema of a registry's state tables.
     *
     * @param connections the registry's connections
     * @param declared the schema in {@code @AsyncMigrations}, empty for none
     * @throws SQLException if the server can't be asked
     * @throws MigrationException if no schema is declared and the connections have none
     */
    static StateNames of(Connections connections, String declared) throws SQLException {
        String chosen = connections.stateSchema();
        String named = chosen == null ? declared : chosen;
        String schema = named.isEmpty() ? connections.server().schema() : named;
        if (schema == null) {
            throw new MigrationException(
                    0,
                    "the connections have no schema for the state tables (on PostgreSQL, search_path names none that"
                            + " exists; on MariaDB and MySQL, the URL names no database); name one there, or with"
                            + " stateSchema(\"…\") on the builder or @AsyncMigrations(schema = \"…\")",
                    null);
        }
        return new StateNames(schema);
    }

    /** The same for generated tables. */
    static StateNames of(Connections connections, StateTables tables) throws SQLException {
        return of(connections, declared(tables));
    }

    private static String declared(StateTables tables) {
        Schema schema = tables.migrations().getSchema();
        return schema == null ? "" : schema.getName();
    }

    /** {@return the same context, with this schema before the names of the state tables} */
    DSLContext in(DSLContext dsl, StateTables tables) {
        Settings settings = SettingsTools.clone(dsl.settings())
                .withRenderMapping(new RenderMapping()
                        .withSchemata(
                                new MappedSchema().withInput(declared(tables)).withOutput(schema)));
        return dsl.configuration().derive(settings).dsl();
    }
}
