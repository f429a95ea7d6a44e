package org.asyncmigrations.processor.model;

/**
 * What a class inherits.
 *
 * @param overridesPending whether it, or a type between, overrides {@code BatchMigration.pending()}
 * @param isBackfill whether it is a {@code SqlBackfill}, which says what is pending by itself
 */
public record SupertypeFacts(Kind kind, boolean guarded, boolean overridesPending, boolean isBackfill) {
    /** {@return whether it is known to be walked in batches} */
    public boolean isBatch() {
        return kind == Kind.BATCH;
    }
}
