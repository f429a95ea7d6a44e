package org.asyncmigrations;

/** What makes a second run of a migration harmless. Immutable, and so safe for threads. */
public enum By {
    /** The effect and the record of it commit together; not with {@code transactional = false}. */
    TRANSACTION,
    /** A {@link BatchMigration} that overrides {@link BatchMigration#pending()}: what is changed is not pending any more. */
    PENDING_ROWS,
    /** The class also implements {@link Guarded}, which is asked before each attempt and after the last. */
    GUARD,
    /** The author declares it, with {@link Idempotent#because()}. */
    DECLARATION
}
