package org.asyncmigrations.release;

import org.jooq.DSLContext;

/** A table in which a tool keeps what it has done to the schema. */
sealed interface SchemaTable permits FlywayTable, LiquibaseTable {
    /** Its name, with its schema before a dot if it has one. */
    String name();

    /** The table of the same name in a schema. */
    SchemaTable in(String schema);

    /** Looks for a version. */
    Reading read(DSLContext dsl, String version);

    /**
     * What was found.
     *
     * @param has whether it has the version
     * @param instead what it has instead, for people
     */
    record Reading(boolean has, String instead) {}
}
