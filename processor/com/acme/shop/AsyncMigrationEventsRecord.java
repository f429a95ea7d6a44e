package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.MigrationEventsRecord;

/**
 * A row of {@link AsyncMigrationEvents}.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncMigrationEventsRecord extends MigrationEventsRecord<AsyncMigrationEventsRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * An empty row.
     */
    public AsyncMigrationEventsRecord() {
        super(AsyncMigrationEvents.ASYNC_MIGRATION_EVENTS);
    }
}
