package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.MigrationRanges;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The state table {@code async_migration_ranges}, for queries of your own.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncMigrationRanges extends MigrationRanges<AsyncMigrationRangesRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * The table itself.
     */
    public static final AsyncMigrationRanges ASYNC_MIGRATION_RANGES = new AsyncMigrationRanges(
            DSL.name("async_migration_ranges"), null);

    private AsyncMigrationRanges(Name name, Table<AsyncMigrationRangesRecord> aliased) {
        super(name, null, aliased);
    }

    @Override
    public Class<AsyncMigrationRangesRecord> getRecordType() {
        return AsyncMigrationRangesRecord.class;
    }

    @Override
    public AsyncMigrationRanges as(String alias) {
        return new AsyncMigrationRanges(DSL.name(alias), this);
    }

    @Override
    public AsyncMigrationRanges as(Name alias) {
        return new AsyncMigrationRanges(alias, this);
    }

    @Override
    public AsyncMigrationRanges as(Table<?> alias) {
        return new AsyncMigrationRanges(alias.getQualifiedName(), this);
    }

    @Override
    public AsyncMigrationRanges rename(String name) {
        return new AsyncMigrationRanges(DSL.name(name), null);
    }

    @Override
    public AsyncMigrationRanges rename(Name name) {
        return new AsyncMigrationRanges(name, null);
    }

    @Override
    public AsyncMigrationRanges rename(Table<?> name) {
        return new AsyncMigrationRanges(name.getQualifiedName(), null);
    }
}
