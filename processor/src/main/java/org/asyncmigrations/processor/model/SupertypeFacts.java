package org.asyncmigrations.processor.model;

/**
 * What a class inherits.
 *
 * @param overridesPending whether it, or a class in between, overrides {@code BatchMigration.pending()}
 * @param isBackfill whether it is a {@code SqlBackfill}, which always declares its pending rows
 */
public record SupertypeFacts(Kind kind, boolean guarded, boolean overridesPending, boolean isBackfill) {
    /** {@return whether it is certainly a batch migration} */
    public boolean isBatch() {
        return kind == Kind.BATCH;
    }
}
