package org.asyncmigrations.guard;

import java.util.List;

/** The schema migrations of a tool, in its order: those that are released, which make the schema, and those that are to be judged. */
public abstract sealed class Migrations permits FlywayMigrations, LiquibaseMigrations, DataMigrations {
    Migrations() {}

    /** Reads them all; nothing is run. */
    abstract List<Migration> read(boolean mySql);
}
