package org.asyncmigrations.processor.model;

/** When a migration may run; named as the runtime's enum. */
public enum Phase {
    /** Annotated {@code @AsyncMigration}. */
    ASYNC,
    /** Annotated {@code @AfterRelease}. */
    AFTER_RELEASE
}
