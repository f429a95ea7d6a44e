package com.acme.shop;

import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.By;
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
        value = {
                "20261120_000000 com.acme.shop.Outer.Nested",
                "20261120_000001 com.acme.shop.Outer.URLBackfill",
                "20261121_093000 com.acme.shop.BackfillEmailLower",
                "20261121_100000 com.acme.shop.Close",
                "20261122_090000 com.acme.shop.ForgetLegacyTokens"
        },
        code = {
                "ASYNC 0c714aa95d6d365706c577a75388c47e",
                "ASYNC 826bf36de50d147f84f9b321920ee8d6",
                "ASYNC 58ef992ed3c8ad78790b372aff45ad83",
                "ASYNC,independent 01d2968c55765f7533fccba233989e5f",
                "AFTER_RELEASE 32459ebe862f659b59feae7a7ec256a5"
        }
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
     * @param services what the migrations are made with
     * @return a builder with defaults that are safe on a live database
     */
    public static RegistryBuilder<AsyncMigrationRegistry> builder(DataSource dataSource,
            Services services) {
        return RegistryBuilder.of(dataSource, new Migrations(services));
    }

    /**
     * Settings of a registry.
     *
     * @param configuration whose connections and dialect are used
     * @param services what the migrations are made with
     * @return a builder with defaults that are safe on a live database
     */
    public static RegistryBuilder<AsyncMigrationRegistry> builder(Configuration configuration,
            Services services) {
        return RegistryBuilder.of(configuration, new Migrations(services));
    }

    /**
     * The migrations of this build as data, for registries that include this one.
     *
     * @param services what the migrations are made with
     * @return the catalog
     */
    public static MigrationCatalog<AsyncMigrationRegistry> catalog(Services services) {
        return new Migrations(services);
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

    /**
     * {@return the handle of {@code com.acme.shop.Outer.Nested}}
     */
    public MigrationHandle nested() {
        return dispatcher.migration(20261120_000000L);
    }

    /**
     * {@return the handle of {@code com.acme.shop.Outer.URLBackfill}}
     */
    public MigrationHandle urlBackfill() {
        return dispatcher.migration(20261120_000001L);
    }

    /**
     * {@return the handle of {@code com.acme.shop.BackfillEmailLower}}
     */
    public MigrationHandle backfillEmailLower() {
        return dispatcher.migration(20261121_093000L);
    }

    /**
     * {@return the handle of {@code com.acme.shop.Close}}
     */
    public MigrationHandle close20261121_100000() {
        return dispatcher.migration(20261121_100000L);
    }

    /**
     * {@return the handle of {@code com.acme.shop.ForgetLegacyTokens}}
     */
    public MigrationHandle forgetLegacyTokens() {
        return dispatcher.migration(20261122_090000L);
    }

    @SuppressWarnings("deprecation")
    private static final class Migrations implements MigrationCatalog<AsyncMigrationRegistry> {
        private final Services services;

        Migrations(Services services) {
            this.services = services;
        }

        @Override
        public String schema() {
            return "";
        }

        @Override
        public String prefix() {
            return "async_";
        }

        @Override
        public List<MigrationEntry> entries() {
            MigrationEntry[] entries = {
                    MigrationEntry.async(20261120_000000L, "com.acme.shop.Outer.Nested",
                            By.DECLARATION, "0c714aa95d6d365706c577a75388c47e"),
                    MigrationEntry.async(20261120_000001L, "com.acme.shop.Outer.URLBackfill",
                            By.PENDING_ROWS, "826bf36de50d147f84f9b321920ee8d6"),
                    MigrationEntry.async(20261121_093000L, "com.acme.shop.BackfillEmailLower",
                            By.PENDING_ROWS, "58ef992ed3c8ad78790b372aff45ad83")
                            .describedAs("E-mails \"as typed\" get a lower-case copy"),
                    MigrationEntry.async(20261121_100000L, "com.acme.shop.Close", By.GUARD,
                            "01d2968c55765f7533fccba233989e5f").withoutTransaction().independently()
                            .writing("shops", "billing.shops"),
                    MigrationEntry.afterRelease(20261122_090000L,
                            "com.acme.shop.ForgetLegacyTokens", By.TRANSACTION,
                            "32459ebe862f659b59feae7a7ec256a5")
                            .after(20261120_000000L, 20261121_093000L).requiringSchema("12.3")
                            .onApproval().startingAfter("P1D")
            };
            return List.of(entries);
        }

        @Override
        public Object create(int index) throws Exception {
            return switch (index) {
                case 0 -> new Outer.Nested(services.namesSupplier());
                case 1 -> new Outer.URLBackfill();
                case 2 -> new BackfillEmailLower();
                case 3 -> new Close(services.vault(), services.clockClock(), services.waitInt());
                case 4 -> new ForgetLegacyTokens(services.vault(), services.limits(),
                        services.clockInstantSource(), services.namesString());
                default -> throw new IndexOutOfBoundsException(index);
            };
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
