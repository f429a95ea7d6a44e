package org.asyncmigrations;

/** Why a second run of a migration does no harm. */
public enum By {
    /** The work and its record commit together. Not with {@code transactional = false}. */
    TRANSACTION,
    /** A {@link BatchMigration} that overrides {@link BatchMigration#pending()}: changed rows are no longer pending. */
    PENDING_ROWS,
    /** The class also implements {@link Guarded}, which is asked before each attempt and after the last. */
    GUARD,
    /** The author says so, in {@link Idempotent#because()}. */
    DECLARATION
}
