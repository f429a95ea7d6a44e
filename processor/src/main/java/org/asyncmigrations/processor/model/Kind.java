package org.asyncmigrations.processor.model;

/** Which of {@code DataMigration}, {@code BatchMigration} and {@code SchemaMigration} a class implements. */
public enum Kind {
    DATA,
    BATCH,
    SCHEMA,
    SEVERAL,
    NONE,
    /** A supertype is missing, so the kind is unknown; the compiler reports which. */
    UNKNOWN
}
