package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.SchemaMigrations;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The state table {@code async_schema_migrations}, for queries of your own.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncSchemaMigrations extends SchemaMigrations<AsyncSchemaMigrationsRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * The table itself.
     */
    public static final AsyncSchemaMigrations ASYNC_SCHEMA_MIGRATIONS = new AsyncSchemaMigrations(
            DSL.name("async_schema_migrations"), null);

    private AsyncSchemaMigrations(Name name, Table<AsyncSchemaMigrationsRecord> aliased) {
        super(name, null, aliased);
    }

    @Override
    public Class<AsyncSchemaMigrationsRecord> getRecordType() {
        return AsyncSchemaMigrationsRecord.class;
    }

    @Override
    public AsyncSchemaMigrations as(String alias) {
        return new AsyncSchemaMigrations(DSL.name(alias), this);
    }

    @Override
    public AsyncSchemaMigrations as(Name alias) {
        return new AsyncSchemaMigrations(alias, this);
    }

    @Override
    public AsyncSchemaMigrations as(Table<?> alias) {
        return new AsyncSchemaMigrations(alias.getQualifiedName(), this);
    }

    @Override
    public AsyncSchemaMigrations rename(String name) {
        return new AsyncSchemaMigrations(DSL.name(name), null);
    }

    @Override
    public AsyncSchemaMigrations rename(Name name) {
        return new AsyncSchemaMigrations(name, null);
    }

    @Override
    public AsyncSchemaMigrations rename(Table<?> name) {
        return new AsyncSchemaMigrations(name.getQualifiedName(), null);
    }
}
