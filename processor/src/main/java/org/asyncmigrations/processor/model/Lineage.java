package org.asyncmigrations.processor.model;

/**
 * What a class inherits.
 *
 * @param kind which kind of migration it is
 * @param guarded whether it implements {@code Guarded}
 * @param overridesPending whether it, or a type between, overrides {@code BatchMigration.pending()}
 */
public record Lineage(Kind kind, boolean guarded, boolean overridesPending) {
    /** {@return whether it is known to be walked in batches} */
    public boolean isBatch() {
        return kind == Kind.BATCH;
    }
}
