package org.asyncmigrations.processor.model;

/** Which of {@code DataMigration} and {@code BatchMigration} a class implements. */
public enum Kind {
    DATA,
    BATCH,
    BOTH,
    NONE,
    /** A supertype is missing, so the kind is unknown; the compiler reports which. */
    UNKNOWN
}
