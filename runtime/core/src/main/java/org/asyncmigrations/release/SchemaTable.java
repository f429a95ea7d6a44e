package org.asyncmigrations.release;

import org.jooq.DSLContext;

/** A table in which a tool records its changes to the schema. */
sealed interface SchemaTable permits FlywayTable, LiquibaseTable {
    /** Its name, with its schema and a dot in front if it has one. */
    String name();

    /** The table of the same name in a schema. */
    SchemaTable in(String schema);

    Reading read(DSLContext dsl, String version);

    /**
     * The result.
     *
     * @param has whether the version is there
     * @param instead what is there instead, for people
     */
    record Reading(boolean has, String instead) {}
}
