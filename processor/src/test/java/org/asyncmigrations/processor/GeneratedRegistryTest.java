package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.Phase;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.jooq.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is generated does what it says, against the real runtime. */
class GeneratedRegistryTest {
    private static final String PACKAGE = "com.acme.shop.";
    private static final String REGISTRY = PACKAGE + "AsyncMigrationRegistry";

    private static Loaded shop;
    private static MigrationCatalog<?> catalog;

    @BeforeAll
    static void compileTheShop() throws Exception {
        shop = Loaded.of(Compiled.of(Samples.sources("good/shop")));
        catalog = shop.catalog(REGISTRY, services());
    }

    @Test
    void theEntriesSayWhatTheAnnotationsSay() {
        List<MigrationEntry> entries = catalog.entries();
        assertThat(entries)
                .extracting(MigrationEntry::version)
                .containsExactly(
                        20261120_000000L, 20261120_000001L, 20261121_093000L, 20261121_100000L, 20261122_090000L);
        MigrationEntry last = entries.get(4);
        String fingerprint = last.fingerprint();
        assertThat(last)
                .isEqualTo(MigrationEntry.afterRelease(
                                20261122_090000L, PACKAGE + "ForgetLegacyTokens", By.TRANSACTION, fingerprint)
                        .after(20261120_000000L, 20261121_093000L)
                        .requiringSchema("12.3")
                        .onApproval()
                        .startingAfter("P1D"));
        assertThat(entries.get(2).description()).isEqualTo("E-mails \"as typed\" get a lower-case copy");
        assertThat(entries.get(3))
                .matches(entry -> !entry.transactional() && entry.phase() == Phase.ASYNC)
                .matches(MigrationEntry::independent)
                .extracting(MigrationEntry::writes)
                .isEqualTo(List.of("shops", "billing.shops"));
    }

    @Test
    void eachMigrationHasItsOwnFingerprint() {
        assertThat(catalog.entries())
                .extracting(MigrationEntry::fingerprint)
                .doesNotHaveDuplicates()
                .allMatch(fingerprint -> fingerprint.matches("[0-9a-f]{32}"));
    }

    @Test
    void eachMigrationIsMadeWithItsServices() throws Exception {
        for (int i = 0; i < catalog.entries().size(); i++) {
            String name = catalog.create(i).getClass().getCanonicalName();
            assertThat(name).isEqualTo(catalog.entries().get(i).name());
        }
    }

    @Test
    void theTablesHaveNameSchemaAndRecord() throws Exception {
        MigrationCatalog<?> empty =
                Loaded.of(Compiled.of(Samples.sources("good/empty"))).catalog(REGISTRY);
        assertThat(empty.tables().all())
                .extracting(Table::toString)
                .containsExactly(
                        "\"jobs\".\"shop_schema_migrations\"",
                        "\"jobs\".\"shop_migration_ranges\"",
                        "\"jobs\".\"shop_migration_rejects\"",
                        "\"jobs\".\"shop_migration_events\"",
                        "\"jobs\".\"shop_migration_builds\"",
                        "\"jobs\".\"shop_migration_instances\"");
        for (Table<?> table : empty.tables().all()) {
            assertThat(table.newRecord()).isInstanceOf(table.getRecordType());
        }
    }

    @Test
    void theBuilderMakesARegistryAndItsHandles() throws Exception {
        Object services = services();
        Method builder =
                shop.loadClass(REGISTRY).getMethod("builder", DataSource.class, shop.loadClass(PACKAGE + "Services"));
        Object settings = builder.invoke(null, absent(DataSource.class), services);
        try (MigrationRegistry registry =
                (MigrationRegistry) settings.getClass().getMethod("build").invoke(settings)) {
            assertThat(registry.getClass().getName()).isEqualTo(REGISTRY);
            assertThat(registry.getClass().getMethods())
                    .extracting(Method::getName)
                    .contains("nested", "urlBackfill", "backfillEmailLower", "close20261121_100000");
        }
    }

    @Test
    void ofTwoMigrationsWithOneNameTheLaterOneHasItsVersionInItsHandle() {
        Compiled compiled = Compiled.of(List.of(
                Samples.source("com.acme.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme;"),
                Samples.migration("com.acme.orders.Fill", 1),
                Samples.migration("com.acme.accounts.Fill", 2)));
        assertThat(compiled.succeeds().generated("AsyncMigrationRegistry"))
                .containsSubsequence("{@return the handle of {@code com.acme.orders.Fill}}", "MigrationHandle fill() {")
                .containsSubsequence("handle of {@code com.acme.accounts.Fill}}", "MigrationHandle fill2() {");
    }

    @Test
    void noTableIsLoadedBeforeSomebodyAsksForIt() throws Exception {
        Loaded empty = Loaded.of(Compiled.of(Samples.sources("good/empty")));
        Object settings =
                empty.loadClass(REGISTRY).getMethod("builder", DataSource.class).invoke(null, absent(DataSource.class));
        try (MigrationRegistry registry =
                (MigrationRegistry) settings.getClass().getMethod("build").invoke(settings)) {
            assertThat(registry.getClass().getName()).isEqualTo(REGISTRY);
            assertThat(empty.isLoaded(PACKAGE + "AsyncSchemaMigrations")).isFalse();
            assertThat(empty.catalog(REGISTRY).tables().all()).hasSize(6);
            assertThat(empty.isLoaded(PACKAGE + "AsyncSchemaMigrations")).isTrue();
        }
    }

    private static Object services() throws ReflectiveOperationException {
        Map<String, Object> components = Map.of(
                "clockClock",
                Clock.systemUTC(),
                "clockInstantSource",
                InstantSource.system(),
                "limits",
                Map.of(),
                "namesString",
                new String[0],
                "namesSupplier",
                (Supplier<?>) () -> "",
                "vault",
                absent(shop.loadClass(PACKAGE + "TokenVault")),
                "waitInt",
                3);
        return Loaded.services(shop.loadClass(PACKAGE + "Services"), components::get);
    }

    private static Object absent(Class<?> type) {
        return Proxy.newProxyInstance(shop, new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }
}
