package org.asyncmigrations;

/** What lets a registered migration begin when its turn has come. */
public enum Start {
    /** Nothing more. */
    AUTOMATIC,
    /** An operator's {@link MigrationHandle#approve}; until then it waits, and with it all that follow. */
    ON_APPROVAL
}
