package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three modules, each compiled by itself against the class files of those before: the last runs the migrations of all. */
class ModulesTest {
    private static final String[] STRICT = {"-Xlint:all,-processing", "-Werror"};

    private static Project builtBilling;
    private static Project builtStock;

    @TempDir
    Path directory;

    /** The components that have been asked for. */
    private final List<String> asked = new ArrayList<>();

    @Test
    void theApplicationRunsWhatItsModulesRun() throws Exception {
        Project billing = billing();
        Project stock = stock();
        Project shop = shop(billing, stock, "billing", "stock").with(Samples.migration("com.acme.shop.Own", 3));
        assertThat(shop.build(STRICT)).isEmpty();
        MigrationCatalog<?> catalog = catalog(List.of(shop, billing, stock));
        assertThat(names(catalog)).containsExactly("com.acme.shop.Own");
        assertThat(catalog.included().stream().map(ModulesTest::names).toList())
                .containsExactly(
                        List.of("com.acme.billing.CloseInvoices", "com.acme.billing.Own"),
                        List.of("com.acme.stock.Count"));
        assertThat(asked).isEmpty();
        assertThat(catalog.included().get(0).create(0).getClass().getSimpleName())
                .isEqualTo("CloseInvoices");
        assertThat(asked).containsExactly("billing", "billing.clock");
    }

    @Test
    void theRegistryNamesAndHandlesAll() {
        Project shop = shop(billing(), stock(), "stock", "billing").with(Samples.migration("com.acme.shop.Own", 3));
        assertThat(shop.build(STRICT)).isEmpty();
        assertThat(registry(shop))
                .containsSubsequence(
                        "\"1 com.acme.billing.CloseInvoices\",",
                        "\"2 com.acme.stock.Count\",",
                        "\"3 com.acme.shop.Own\",",
                        "\"4 com.acme.billing.Own\"\n")
                .containsSubsequence("MigrationHandle own() {", "MigrationHandle closeInvoices()", "count()", "own4()");
    }

    @Test
    void whatAnIncludedRegistryNeedsIsOneService() {
        Project shop = shop(billing(), stock(), "billing", "stock");
        assertThat(shop.build(STRICT)).isEmpty();
        assertThat(shop.written().get("generated/com/acme/shop/Services.java"))
                .contains("com.acme.billing.Services billing()")
                .contains("the value for com.acme.billing.AsyncMigrationRegistry")
                .doesNotContain("stock");
        assertThat(registry(shop)).contains("AsyncMigrationRegistry.catalog(services.billing())");
    }

    @Test
    void whatWaitsForApprovalHoldsUpTheMigrationsOfIncludedModules() throws Exception {
        Project billing = billing();
        String own = Samples.text(Samples.migration("com.acme.stock.Count", 2))
                .replace("2L", "2L, start = Start.ON_APPROVAL, startsAfter = \"P1D\"");
        Project stock = project("stock").write("com.acme.stock.Count", own);
        assertThat(stock.build(STRICT)).isEmpty();
        Project shop = shop(billing, stock, "billing", "stock");
        shop.write("com.acme.shop.Count", own.replace("stock", "shop").replace("2L", "3L"));
        assertThat(shop.build())
                .contains("[HoldsUpOthers] Count, which waits for approval")
                .contains("holds up 1 migration; the first is Own");
        MigrationEntry waits = catalog(List.of(shop, billing, stock))
                .included()
                .get(1)
                .entries()
                .get(0);
        assertThat(waits).isEqualTo(waits.onApproval().startingAfter("P1D"));
    }

    @Test
    void anIndependentMigrationOfAnIncludedModuleWaitsForNobodyAndIsNotToBeWaitedForInOrder() {
        Project billing = billing();
        String count = Samples.text(Samples.migration("com.acme.stock.Count", 5))
                .replace("5L", "5L, independent = true, writes = \"counts\"");
        Project stock = project("stock").write("com.acme.stock.Count", count);
        assertThat(stock.build(STRICT)).isEmpty();
        Project shop = shop(billing, stock, "billing", "stock")
                .write(
                        "com.acme.shop.Waits",
                        Samples.text(Samples.migration("com.acme.shop.Waits", 3))
                                .replace("3L", "3L, start = Start.ON_APPROVAL"))
                .write(
                        "com.acme.shop.Last",
                        Samples.text(Samples.migration("com.acme.shop.Last", 6))
                                .replace("6L", "6L, after = com.acme.stock.Count.class"));
        assertThat(shop.build())
                .contains("[HoldsUpOthers] Waits", "holds up 2 migrations; the first is Own")
                .contains("[WaitsForIndependent] Last, which runs in order, may not come after Count");
        assertThat(registry(shop)).contains("\"ASYNC,independent ");
    }

    @Test
    void modulesOfOneNameAreToldApartByTheirPackages() {
        Project here = leaf("com.acme.here.billing", 1);
        Project there = leaf("com.acme.there.billing", 2);
        Project shop = project("shop").on(here).on(there).write("com.acme.package-info", """
                @org.asyncmigrations.AsyncMigrations(include = {
                    com.acme.here.billing.AsyncMigrationRegistry.class,
                    com.acme.there.billing.AsyncMigrationRegistry.class})
                package com.acme;
                """);
        assertThat(shop.build(STRICT)).isEmpty();
        assertThat(shop.written().get("generated/com/acme/Services.java"))
                .contains("com.acme.here.billing.Services hereBilling()")
                .contains("com.acme.there.billing.Services thereBilling()");
    }

    @Test
    void aRegistryThatIsReachedOnTwoWaysIsNoDuplicate() {
        Project billing = billing();
        Project stock = project("stock").on(billing).with(Samples.migration("com.acme.stock.Count", 2));
        stock.write("com.acme.stock.package-info", include("com.acme.stock", "billing"));
        assertThat(stock.build(STRICT)).isEmpty();
        Project shop = shop(billing, stock, "billing", "stock", "billing");
        assertThat(shop.build(STRICT)).isEmpty();
        assertThat(registry(shop)).containsOnlyOnce("closeInvoices()").containsOnlyOnce("count()");
        assertThat(shop.written().get("generated/com/acme/shop/Services.java"))
                .contains("com.acme.billing.Services billing()")
                .contains("com.acme.stock.Services stock()");
    }

    @Test
    void whatAnIncludedRegistryIncludesIsMadeWithItsServices() throws Exception {
        Project billing = billing();
        Project stock = project("stock").on(billing).write("com.acme.stock.package-info", include("stock", "billing"));
        assertThat(stock.build(STRICT)).isEmpty();
        Project shop = shop(billing, stock, "stock");
        assertThat(shop.build(STRICT)).isEmpty();
        try (URLClassLoader loader = loader(List.of(shop, billing, stock))) {
            Class<?> needs = loader.loadClass("com.acme.billing.Services");
            Object services = Loaded.services(
                    loader.loadClass("com.acme.shop.Services"),
                    any -> Loaded.services(
                            stockServices(loader), name -> Loaded.services(needs, component -> asks(name, component))));
            MigrationCatalog<?> nested =
                    catalog(loader, services).included().get(0).included().get(0);
            assertThat(names(nested)).contains("com.acme.billing.CloseInvoices");
            assertThat(asked).isEmpty();
            assertThat(nested.create(0).getClass().getSimpleName()).isEqualTo("CloseInvoices");
            assertThat(asked).containsExactly("billing.clock");
        }
    }

    @Test
    void aModuleMayBeCalledAsAGeneratedMember() {
        Project shop = project("shop").on(leaf("com.acme.migrations", 1));
        shop.write("com.acme.shop.package-info", include("shop", "migrations"));
        assertThat(shop.build(STRICT)).isEmpty();
    }

    @Test
    void aVersionOfAnotherModuleOnTheClassPathIsTaken() {
        Project shop = project("shop")
                .on(billing())
                .on(stock())
                .with(Samples.migration("com.acme.shop.First", 1))
                .with(Samples.migration("com.acme.shop.Second", 2));
        assertThat(shop.build())
                .contains("First.java:5: error: [DuplicateVersion] version 1L of com.acme.shop.First may not be the"
                        + " version of com.acme.billing.CloseInvoices in com.acme.billing.AsyncMigrationRegistry too")
                .contains("Second.java:5: error: [DuplicateVersion] version 2L of com.acme.shop.Second may not be the"
                        + " version of com.acme.stock.Count in com.acme.stock.AsyncMigrationRegistry too");
    }

    @Test
    void whatThisModuleLeftBeforeIsNoOtherModule() {
        Project moved = project("moved").with(Samples.migration("com.acme.before.First", 1));
        assertThat(moved.build()).isEmpty();
        moved.delete("com.acme.before.First").with(Samples.migration("com.acme.behind.Second", 1));
        assertThat(moved.build()).isEmpty();
        assertThat(moved.build()).isEmpty();
        assertThat(moved.written())
                .containsKeys(
                        "generated/org/asyncmigrations/catalog/com_acme_before.java",
                        "generated/org/asyncmigrations/catalog/com_acme_behind.java");
    }

    @Test
    void aPartialBuildIncludesWhatTheWholeOneDoes() {
        Project shop = shop(billing(), stock(), "billing", "stock")
                .with(Samples.migration("com.acme.shop.Own", 3))
                .with(Samples.migration("com.acme.shop.Other", 5));
        assertThat(shop.build()).isEmpty();
        assertThat(shop.buildOnly("com.acme.shop.Own")).isEmpty();
        assertThat(shop.written()).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void aReleasedMigrationThatWasRenamedAndMovedIntoAnotherModuleIsNotMissing() throws IOException {
        JournaledModule module = JournaledModule.empty(directory.resolve("journal"));
        String journal = "-Aasyncmigrations.journal=" + module.journal();
        Project shop = project("shop")
                .with(Samples.migration("com.acme.shop.Settle", 1))
                .with(Samples.migration("com.acme.shop.Own", 3));
        assertThat(shop.build(journal)).isEmpty();
        assertThat(module.release(shop.classes(), "--version", "1"))
                .startsWith("0 journal: 2 migrations released in 1");
        shop.delete("com.acme.shop.Settle");
        assertThat(shop.build(journal)).contains("[ReleasedMigrationMissing]");
        assertThat(shop.on(billing()).build(journal)).isEmpty();
        assertThat(module.release(shop.classes(), "--check"))
                .startsWith("0 journal: the only migration is already released");
        shop.write("com.acme.shop.package-info", include("shop", "billing"));
        assertThat(shop.build(journal)).isEmpty();
    }

    @Test
    void aNewVersionOfAnIncludedModuleBelowWhatIsReleasedHereIsAnError() throws IOException {
        Project billing = billing();
        Project shop = shop(billing, stock(), "billing").with(Samples.migration("com.acme.shop.Own", 3));
        assertThat(release(shop, "1")).isEqualTo("0 journal: 3 migrations released in 1");
        billing.with(Samples.migration("com.acme.billing.Late", 2)).with(Samples.migration("com.acme.billing.Next", 5));
        assertThat(billing.build(STRICT)).isEmpty();
        assertThat(shop.build(journal()))
                .hasLineCount(1)
                .startsWith("package-info.java:1: error: [OutOfOrderVersion] version 2L of com.acme.billing.Late in"
                        + " com.acme.billing.AsyncMigrationRegistry must be above 4L");
        assertThat(billing.delete("com.acme.billing.Late").build(STRICT)).isEmpty();
        assertThat(release(shop, "2")).isEqualTo("0 journal: 1 migration released in 2");
    }

    @Test
    void aReleasedMigrationOfAnIncludedModuleMayNotBeEdited() throws IOException {
        Project billing = billing();
        Project shop = shop(billing, stock(), "billing").with(Samples.migration("com.acme.shop.Own", 3));
        release(shop, "1");
        String text = Samples.text(Samples.migration("com.acme.billing.Own", 4));
        billing.write("com.acme.billing.Own", text.replace("Migration {", "Migration { int edited;"));
        assertThat(billing.build(STRICT)).isEmpty();
        assertThat(shop.build(journal()))
                .hasLineCount(1)
                .startsWith("package-info.java:1: error: [ReleasedMigrationChanged] com.acme.billing.Own in")
                .contains("replace " + directory.resolve("journal") + ":3 by this line: 4 ASYNC ");
        assertThat(new JournaledModule(directory.resolve("journal")).release(shop.classes(), "--accept-changes"))
                .startsWith("0 journal: 1 migration accepted");
        assertThat(shop.build(journal())).isEmpty();
    }

    @Test
    void aReleasedModuleThatIsNoLongerIncludedIsAnErrorWhateverItIsCalledByNow() throws IOException {
        Project billing = billing();
        Project shop = shop(billing, stock(), "billing").with(Samples.migration("com.acme.shop.Own", 3));
        release(shop, "1");
        String released = Files.readString(directory.resolve("journal"));
        shop.write("com.acme.shop.package-info", include("shop"));
        assertThat(shop.build(journal()))
                .hasLineCount(1)
                .startsWith(
                        "package-info.java:1: error: [ReleasedMigrationMissing] com.acme.billing.AsyncMigrationRegistry"
                                + " must be included, because this module has released 2 of its migrations (the first is"
                                + " com.acme.billing.CloseInvoices, in release 1)");
        assertThat(new JournaledModule(directory.resolve("journal")).release(shop.classes(), "--check"))
                .startsWith("1 ")
                .contains("must exist; first compile the module");
        assertThat(shop.build()).isEmpty();
        assertThat(new JournaledModule(directory.resolve("journal")).release(shop.classes(), "--check"))
                .startsWith(
                        "1 [ReleasedMigrationMissing] JOURNAL:1: version 1 (com.acme.billing.CloseInvoices, release 1)");
        for (String meant : List.of("(?m)^.*billing.*\n", "(?<=ASYNC )\\w+(?= .*billing)")) {
            Files.writeString(
                    directory.resolve("journal"), released.replaceAll(meant, meant.length() < 20 ? "" : "retired"));
            assertThat(shop.build(journal())).isEmpty();
        }
        Files.writeString(directory.resolve("journal"), released);
        Project renamed = leaf("com.acme.invoices", 1);
        Project onRenamed = project("shop2").on(renamed).withSourcesOf(shop);
        assertThat(onRenamed.build(journal()))
                .hasLineCount(2)
                .contains(
                        "com.acme.invoices.AsyncMigrationRegistry must be included",
                        "released 1 of its migrations (the first is com.acme.billing.Cl")
                .contains("version 4 (com.acme.billing.Own, release 1) must be a migration of this build");
        onRenamed.write("com.acme.shop.package-info", include("shop", "invoices"));
        assertThat(onRenamed.build(journal())).hasLineCount(1).contains("version 4 (com.acme.billing.Own");
        assertThat(project("alone").withSourcesOf(shop).build(journal()))
                .hasLineCount(2)
                .contains("version 1 (com.acme.billing.CloseInvoices", "version 4 (com.acme.billing.Own");
    }

    @Test
    void aModuleThatIsIncludedForTheFirstTimeMayHaveOlderVersions() throws IOException {
        Project billing = billing();
        Project stock = stock();
        release(shop(billing, stock, "billing"), "1");
        Project shop = shop(billing, stock, "billing", "stock");
        assertThat(shop.build(journal())).isEmpty();
        assertThat(release(shop, "2")).isEqualTo("0 journal: 1 migration released in 2");
        assertThat(shop.build(journal())).isEmpty();
    }

    @Test
    void whatAnIncludedModuleHasWithoutAFingerprintIsReleasedAsUnread() throws IOException {
        Project billing = project("billing").with(Samples.migration("com.acme.billing.Own", 4));
        billing.compile(List.of(new Sourceless()), billing.classNames());
        Project shop = project("shop").on(billing).write("com.acme.shop.package-info", include("shop", "billing"));
        assertThat(release(shop, "1")).startsWith("1 com.acme.billing.Own must have a fingerprint");
        JournaledModule module = new JournaledModule(directory.resolve("journal"));
        module.release(shop.classes(), "--version", "1", "--bodies-unread");
        assertThat(module.text()).isEqualTo("4 ASYNC unread 1 com.acme.billing.Own\n");
        assertThat(shop.build(journal())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"database = \"reports\"", "prefix = \"reports_\"", "schema = \"reports\""})
    void modulesThatKeepTheirStateInOtherPlacesMayUseTheSameVersions(String place) {
        Project stock = project("stock")
                .with(Samples.migration("com.acme.stock.Count", 1))
                .write(
                        "com.acme.stock.package-info",
                        "@org.asyncmigrations.AsyncMigrations(" + place + ") package com.acme.stock;");
        assertThat(stock.on(billing()).build(STRICT)).isEmpty();
        Project shop = project("shop").on(stock).with(Samples.migration("com.acme.shop.First", 1));
        assertThat(shop.build()).isEmpty();
        shop.write(
                "com.acme.shop.package-info",
                "@org.asyncmigrations.AsyncMigrations(" + place + ") package com.acme.shop;");
        assertThat(shop.build()).contains("[DuplicateVersion] version 1L of com.acme.shop.First");
        shop.write("com.acme.shop.package-info", include("shop", "stock"));
        assertThat(shop.build()).contains("[DuplicateVersion] version 1L of com.acme.shop.First");
    }

    @Test
    void aVersionThatAnIncludedModuleHasRetiredStaysTakenAndIsNotMissing() throws IOException {
        Project billing = project("billing").with(Samples.migration("com.acme.billing.Own", 9));
        Files.writeString(directory.resolve("journal"), "7 ASYNC retired 1 com.acme.billing.Old\n");
        assertThat(billing.build(journal())).isEmpty();
        Project stock = project("stock").on(billing).write("com.acme.stock.package-info", include("stock", "billing"));
        assertThat(stock.build(STRICT)).isEmpty();
        Project shop = shop(billing, stock, "stock").with(Samples.migration("com.acme.shop.Own", 7));
        assertThat(shop.build())
                .contains("[DuplicateVersion] version 7L of com.acme.shop.Own may not be the version of"
                        + " com.acme.billing.Old in com.acme.stock.AsyncMigrationRegistry too");
        shop.delete("com.acme.shop.Own");
        Files.writeString(directory.resolve("journal"), "7 ASYNC 0f 1 com.acme.billing.Old\n");
        assertThat(shop.build(journal())).isEmpty();
    }

    private String release(Project project, String name) throws IOException {
        JournaledModule module = new JournaledModule(directory.resolve("journal"));
        if (!Files.exists(module.journal())) {
            module.write("");
        }
        assertThat(project.build(journal())).isEmpty();
        return module.release(project.classes(), "--version", name)
                .lines()
                .findFirst()
                .orElse("");
    }

    private String journal() {
        return "-Aasyncmigrations.journal=" + directory.resolve("journal");
    }

    @Test
    void aRegistryOfTheSameNameInTheMainTreeIsNotHidden() {
        Project tests = project("tests").on(stock()).with(Samples.migration("com.acme.stock.Twin", 2));
        assertThat(tests.build())
                .contains("[NameTaken] com.acme.stock.AsyncMigrationRegistry")
                .contains("[DuplicateVersion] version 2L of com.acme.stock.Twin");
    }

    @Test
    void testsWithoutMigrationsOrInAPackageOfTheirOwnMayBeBesideTheMainTree() {
        Project tests = project("tests").on(stock()).write("com.acme.stock.CountTest", """
                package com.acme.stock;
                @org.asyncmigrations.Idempotent(org.asyncmigrations.By.TRANSACTION)
                abstract class CountTest implements org.asyncmigrations.DataMigration {
                    AsyncMigrationRegistry registry;
                }
                """);
        assertThat(tests.build()).doesNotContain("NameTaken").isEqualTo(tests.build());
        tests.delete("com.acme.stock.CountTest").with(Samples.migration("com.acme.stock.test.Own", 3));
        assertThat(tests.build(STRICT)).isEmpty();
        assertThat(tests.buildOnly("com.acme.stock.test.Own")).isEmpty();
    }

    @Test
    void tenThousandIncludedMigrationsFitIntoTheRegistry() {
        String lines = IntStream.range(1, 10_001)
                .mapToObj(i -> "\"" + i + " com.acme.billing.M" + i + "\"")
                .collect(Collectors.joining(","));
        Project billing = project("billing")
                .write(
                        "com.acme.billing.AsyncMigrationRegistry",
                        Samples.text("bad/DUPLICATE_VERSION_INCLUDED/billing/AsyncMigrationRegistry.java")
                                .replaceAll("\\(\\{.*}\\)", "({" + lines + "})"));
        assertThat(billing.build()).isEmpty();
        Project shop = project("shop").on(billing).write("com.acme.shop.package-info", include("shop", "billing"));
        assertThat(shop.build(STRICT)).isEmpty();
        assertThat(registry(shop)).contains("MigrationHandle m10000()");
    }

    /** Most tests begin with these two, and some change them. */
    @BeforeAll
    static void buildOnce(@TempDir Path shared) {
        builtBilling = withService(new Project(shared.resolve("billing")), "com.acme.billing", 1)
                .with(Samples.migration("com.acme.billing.Own", 4));
        assertThat(builtBilling.build(STRICT)).isEmpty();
        builtStock = new Project(shared.resolve("stock")).with(Samples.migration("com.acme.stock.Count", 2));
        assertThat(builtStock.build(STRICT)).isEmpty();
    }

    /** With a service, and with two migrations around those of the others. */
    private Project billing() {
        return builtBilling.copyTo(directory.resolve("com.acme.billing"));
    }

    private Project stock() {
        return builtStock.copyTo(directory.resolve("stock"));
    }

    private Project leaf(String packageName, int version) {
        Project leaf = withService(project(packageName), packageName, version);
        assertThat(leaf.build(STRICT)).isEmpty();
        return leaf;
    }

    private static Project withService(Project project, String packageName, int version) {
        String text = Samples.text(Samples.migration(packageName + ".CloseInvoices", version));
        return project.write(
                packageName + ".CloseInvoices",
                text.replace("Migration {", "Migration { public CloseInvoices(java.time.Clock clock) {}"));
    }

    private Project shop(Project billing, Project stock, String... included) {
        return project("shop").on(billing).on(stock).write("com.acme.shop.package-info", include("shop", included));
    }

    private static String include(String module, String... included) {
        String registries = List.of(included).stream()
                .map(name -> "com.acme." + name + ".AsyncMigrationRegistry.class")
                .collect(Collectors.joining(", "));
        return "@org.asyncmigrations.AsyncMigrations(include = {" + registries + "})\npackage com.acme."
                + module.replace("com.acme.", "") + ";\n";
    }

    private Project project(String name) {
        return new Project(directory.resolve(name));
    }

    private static String registry(Project project) {
        return project.written().get("generated/com/acme/shop/AsyncMigrationRegistry.java");
    }

    private static List<String> names(MigrationCatalog<?> catalog) {
        return catalog.entries().stream().map(MigrationEntry::name).toList();
    }

    private MigrationCatalog<?> catalog(List<Project> projects) throws Exception {
        URLClassLoader loader = loader(projects);
        Class<?> billing = loader.loadClass("com.acme.billing.Services");
        return catalog(loader, Loaded.services(loader.loadClass("com.acme.shop.Services"), name -> {
            asked.add(name);
            return Loaded.services(billing, component -> asks(name, component));
        }));
    }

    private Object asks(String name, String component) {
        asked.add(name + "." + component);
        return Clock.systemUTC();
    }

    private static Class<?> stockServices(ClassLoader loader) {
        try {
            return loader.loadClass("com.acme.stock.Services");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MigrationCatalog<?> catalog(ClassLoader loader, Object services) throws Exception {
        return (MigrationCatalog<?>) loader.loadClass("com.acme.shop.AsyncMigrationRegistry")
                .getMethod("catalog", loader.loadClass("com.acme.shop.Services"))
                .invoke(null, services);
    }

    private static URLClassLoader loader(List<Project> projects) throws Exception {
        List<URL> path = new ArrayList<>();
        for (Project project : projects) {
            path.add(project.classes().toUri().toURL());
        }
        return new URLClassLoader(path.toArray(URL[]::new), ModulesTest.class.getClassLoader());
    }
}
