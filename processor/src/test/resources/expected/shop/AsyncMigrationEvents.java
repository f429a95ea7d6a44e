package com.acme.shop;

import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.state.MigrationEvents;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The state table {@code async_migration_events}, for your own queries.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
public final class AsyncMigrationEvents extends MigrationEvents<AsyncMigrationEventsRecord> {
    private static final long serialVersionUID = 1L;

    /**
     * The table itself.
     */
    public static final AsyncMigrationEvents ASYNC_MIGRATION_EVENTS = new AsyncMigrationEvents(
            DSL.name("async_migration_events"), null);

    private AsyncMigrationEvents(Name name, Table<AsyncMigrationEventsRecord> aliased) {
        super(name, null, aliased);
    }

    @Override
    public Class<AsyncMigrationEventsRecord> getRecordType() {
        return AsyncMigrationEventsRecord.class;
    }

    @Override
    public AsyncMigrationEvents as(String alias) {
        return new AsyncMigrationEvents(DSL.name(alias), this);
    }

    @Override
    public AsyncMigrationEvents as(Name alias) {
        return new AsyncMigrationEvents(alias, this);
    }

    @Override
    public AsyncMigrationEvents as(Table<?> alias) {
        return new AsyncMigrationEvents(alias.getQualifiedName(), this);
    }

    @Override
    public AsyncMigrationEvents rename(String name) {
        return new AsyncMigrationEvents(DSL.name(name), null);
    }

    @Override
    public AsyncMigrationEvents rename(Name name) {
        return new AsyncMigrationEvents(name, null);
    }

    @Override
    public AsyncMigrationEvents rename(Table<?> name) {
        return new AsyncMigrationEvents(name.getQualifiedName(), null);
    }
}
