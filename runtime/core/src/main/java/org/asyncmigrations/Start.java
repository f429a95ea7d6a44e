package org.asyncmigrations;

/** What a registered migration still needs to begin in its turn. */
public enum Start {
    /** Nothing. */
    AUTOMATIC,
    /** An operator's {@link MigrationHandle#approve}. Until then it waits, and so do all that follow. */
    ON_APPROVAL
}
