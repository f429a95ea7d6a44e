package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.MigrationInstances;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The state table {@code async_migration_instances}, for queries of your own.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncMigrationInstances extends MigrationInstances<AsyncMigrationInstancesRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * The table itself.
     */
    public static final AsyncMigrationInstances ASYNC_MIGRATION_INSTANCES = new AsyncMigrationInstances(
            DSL.name("async_migration_instances"), null);

    private AsyncMigrationInstances(Name name, Table<AsyncMigrationInstancesRecord> aliased) {
        super(name, null, aliased);
    }

    @Override
    public Class<AsyncMigrationInstancesRecord> getRecordType() {
        return AsyncMigrationInstancesRecord.class;
    }

    @Override
    public AsyncMigrationInstances as(String alias) {
        return new AsyncMigrationInstances(DSL.name(alias), this);
    }

    @Override
    public AsyncMigrationInstances as(Name alias) {
        return new AsyncMigrationInstances(alias, this);
    }

    @Override
    public AsyncMigrationInstances as(Table<?> alias) {
        return new AsyncMigrationInstances(alias.getQualifiedName(), this);
    }

    @Override
    public AsyncMigrationInstances rename(String name) {
        return new AsyncMigrationInstances(DSL.name(name), null);
    }

    @Override
    public AsyncMigrationInstances rename(Name name) {
        return new AsyncMigrationInstances(name, null);
    }

    @Override
    public AsyncMigrationInstances rename(Table<?> name) {
        return new AsyncMigrationInstances(name.getQualifiedName(), null);
    }
}
