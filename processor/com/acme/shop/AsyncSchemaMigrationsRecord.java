package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.SchemaMigrationsRecord;

/**
 * A row of {@link AsyncSchemaMigrations}.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncSchemaMigrationsRecord extends SchemaMigrationsRecord<AsyncSchemaMigrationsRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * An empty row.
     */
    public AsyncSchemaMigrationsRecord() {
        super(AsyncSchemaMigrations.ASYNC_SCHEMA_MIGRATIONS);
    }
}
