package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.MigrationBuilds;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The state table {@code async_migration_builds}, for queries of your own.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncMigrationBuilds extends MigrationBuilds<AsyncMigrationBuildsRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * The table itself.
     */
    public static final AsyncMigrationBuilds ASYNC_MIGRATION_BUILDS = new AsyncMigrationBuilds(
            DSL.name("async_migration_builds"), null);

    private AsyncMigrationBuilds(Name name, Table<AsyncMigrationBuildsRecord> aliased) {
        super(name, null, aliased);
    }

    @Override
    public Class<AsyncMigrationBuildsRecord> getRecordType() {
        return AsyncMigrationBuildsRecord.class;
    }

    @Override
    public AsyncMigrationBuilds as(String alias) {
        return new AsyncMigrationBuilds(DSL.name(alias), this);
    }

    @Override
    public AsyncMigrationBuilds as(Name alias) {
        return new AsyncMigrationBuilds(alias, this);
    }

    @Override
    public AsyncMigrationBuilds as(Table<?> alias) {
        return new AsyncMigrationBuilds(alias.getQualifiedName(), this);
    }

    @Override
    public AsyncMigrationBuilds rename(String name) {
        return new AsyncMigrationBuilds(DSL.name(name), null);
    }

    @Override
    public AsyncMigrationBuilds rename(Name name) {
        return new AsyncMigrationBuilds(name, null);
    }

    @Override
    public AsyncMigrationBuilds rename(Table<?> name) {
        return new AsyncMigrationBuilds(name.getQualifiedName(), null);
    }
}
