package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.SchemaMigrations;
import org.jooq.Name;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The state table {@code shop_schema_migrations}, for your own queries.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncSchemaMigrations extends SchemaMigrations<AsyncSchemaMigrationsRecord> {
    private static final long serialVersionUID = 1L;

    private static final Schema SCHEMA = DSL.schema(DSL.name("jobs"));

    /**
     * The table itself.
     */
    public static final AsyncSchemaMigrations ASYNC_SCHEMA_MIGRATIONS = new AsyncSchemaMigrations(
            DSL.name("shop_schema_migrations"), null);

    private AsyncSchemaMigrations(Name name, Table<AsyncSchemaMigrationsRecord> aliased) {
        super(name, aliased == null ? SCHEMA : null, aliased);
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
