package org.asyncmigrations.processor.model;

/** Which of the two interfaces of a migration a class implements. */
public enum Kind {
    /** {@code DataMigration}. */
    DATA,
    /** {@code BatchMigration}. */
    BATCH,
    /** Both, which is one too many. */
    BOTH,
    /** Neither. */
    NONE,
    /** A supertype is missing, so that nothing can be said; the compiler says which. */
    UNKNOWN
}
