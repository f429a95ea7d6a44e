package com.acme.shop;

import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.CatalogEntries;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.GeneratedSource;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.dispatch.Work;
import org.asyncmigrations.state.StateTables;
import org.jooq.Configuration;

/**
 * The migrations of this build, in the order of their versions, and the work on them. Safe for threads.
 *
 * <p>Written by the processor of async-migrations from the classes annotated {@code @AsyncMigration}
 * and {@code @AfterRelease}.
 */
@GeneratedSource("org.asyncmigrations.processor.MigrationProcessor")
@CatalogEntries(
        value = {},
        state = "jobs.shop_"
)
public final class AsyncMigrationRegistry implements MigrationRegistry {
    private final Dispatcher dispatcher;

    private AsyncMigrationRegistry(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Settings of a registry.
     *
     * @param dataSource where the data and the state tables are
     * @return a builder with defaults that are safe on a live database
     */
    public static RegistryBuilder<AsyncMigrationRegistry> builder(DataSource dataSource) {
        return RegistryBuilder.of(dataSource, new Migrations());
    }

    /**
     * Settings of a registry.
     *
     * @param configuration whose connections and dialect are used
     * @return a builder with defaults that are safe on a live database
     */
    public static RegistryBuilder<AsyncMigrationRegistry> builder(Configuration configuration) {
        return RegistryBuilder.of(configuration, new Migrations());
    }

    /**
     * The migrations of this build as data, for registries that include this one.
     *
     * @return the catalog
     */
    public static MigrationCatalog<AsyncMigrationRegistry> catalog() {
        return new Migrations();
    }

    @Override
    public Dispatch dispatch() {
        return dispatcher.dispatch();
    }

    @Override
    public Dispatch dispatch(Mode mode) {
        return dispatcher.dispatch(mode);
    }

    @Override
    public List<MigrationEntry> entries() {
        return dispatcher.entries();
    }

    @Override
    public DispatchStatus status() {
        return dispatcher.status();
    }

    @Override
    public MigrationHandle migration(long version) {
        return dispatcher.migration(version);
    }

    @Override
    public void arrive() {
        dispatcher.arrive();
    }

    @Override
    public void stopWork() {
        dispatcher.stopWork();
    }

    /**
     * {@return the work, for a job engine; this instance arrives with it}
     */
    public Work work() {
        return dispatcher.work();
    }

    @Override
    public void close() {
        dispatcher.close();
    }

    private static final class Migrations implements MigrationCatalog<AsyncMigrationRegistry> {
        @Override
        public String schema() {
            return "jobs";
        }

        @Override
        public String prefix() {
            return "shop_";
        }

        @Override
        public List<MigrationEntry> entries() {
            return List.of();
        }

        @Override
        public Object create(int index) throws Exception {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public StateTables tables() {
            return LazyTables.ALL;
        }

        @Override
        public AsyncMigrationRegistry registry(Dispatcher dispatcher) {
            return new AsyncMigrationRegistry(dispatcher);
        }
    }

    /**
     * Apart, so that a start with nothing to do does not load jOOQ's classes.
     */
    private static final class LazyTables {
        static final StateTables ALL = new StateTables(
                AsyncSchemaMigrations.ASYNC_SCHEMA_MIGRATIONS,
                AsyncMigrationRanges.ASYNC_MIGRATION_RANGES,
                AsyncMigrationRejects.ASYNC_MIGRATION_REJECTS,
                AsyncMigrationEvents.ASYNC_MIGRATION_EVENTS,
                AsyncMigrationBuilds.ASYNC_MIGRATION_BUILDS,
                AsyncMigrationInstances.ASYNC_MIGRATION_INSTANCES);
    }
}
