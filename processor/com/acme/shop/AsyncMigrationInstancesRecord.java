package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.MigrationInstancesRecord;

/**
 * A row of {@link AsyncMigrationInstances}.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncMigrationInstancesRecord extends MigrationInstancesRecord<AsyncMigrationInstancesRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * An empty row.
     */
    public AsyncMigrationInstancesRecord() {
        super(AsyncMigrationInstances.ASYNC_MIGRATION_INSTANCES);
    }
}
