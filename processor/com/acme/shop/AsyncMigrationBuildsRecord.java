package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.MigrationBuildsRecord;

/**
 * A row of {@link AsyncMigrationBuilds}.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncMigrationBuildsRecord extends MigrationBuildsRecord<AsyncMigrationBuildsRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * An empty row.
     */
    public AsyncMigrationBuildsRecord() {
        super(AsyncMigrationBuilds.ASYNC_MIGRATION_BUILDS);
    }
}
