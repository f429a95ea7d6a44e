package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.MigrationRangesRecord;

/**
 * A row of {@link AsyncMigrationRanges}.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncMigrationRangesRecord extends MigrationRangesRecord<AsyncMigrationRangesRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * An empty row.
     */
    public AsyncMigrationRangesRecord() {
        super(AsyncMigrationRanges.ASYNC_MIGRATION_RANGES);
    }
}
