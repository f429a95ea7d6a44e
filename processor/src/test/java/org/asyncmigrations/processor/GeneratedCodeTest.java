package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden sources: what is generated is what {@code expected} says, to the byte. */
class GeneratedCodeTest {
    /** All that javac has; only that these sources have annotations which no processor claims is left out. */
    private static final String[] STRICT = {"-Xlint:all,-processing", "-Werror"};

    @ParameterizedTest
    @ValueSource(strings = {"AsyncMigrationRegistry", "Services", "AsyncMigrationEvents", "AsyncMigrationEventsRecord"})
    void theShopIsWrittenAsExpected(String file) {
        Compiled shop = Compiled.of(Samples.sources("good/shop"), STRICT).succeeds();
        assertThat(shop.generated(file)).isEqualTo(Samples.text("expected/shop/" + file + ".java"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AsyncMigrationRegistry", "AsyncSchemaMigrations"})
    void theEmptyModuleHasARegistryWithSchemaAndPrefix(String file) {
        Compiled empty = Compiled.of(Samples.sources("good/empty"), STRICT).succeeds();
        assertThat(empty.generated(file)).isEqualTo(Samples.text("expected/empty/" + file + ".java"));
    }

    @Test
    void nothingIsWrittenButWhatIsNeeded() {
        Compiled empty = Compiled.of(Samples.sources("good/empty"), STRICT);
        assertThat(empty.generated().keySet())
                .containsExactlyInAnyOrder(
                        "AsyncSchemaMigrations",
                        "AsyncSchemaMigrationsRecord",
                        "AsyncMigrationRanges",
                        "AsyncMigrationRangesRecord",
                        "AsyncMigrationRejects",
                        "AsyncMigrationRejectsRecord",
                        "AsyncMigrationEvents",
                        "AsyncMigrationEventsRecord",
                        "AsyncMigrationBuilds",
                        "AsyncMigrationBuildsRecord",
                        "AsyncMigrationInstances",
                        "AsyncMigrationInstancesRecord",
                        "AsyncMigrationRegistry",
                        "com_acme_shop");
    }

    /** So that a native image needs no hint. The runtime's own classes are held to the same by its HouseRulesTest. */
    @ParameterizedTest
    @ValueSource(strings = {"good/shop", "good/empty"})
    void nothingIsFoundByReflectionOrAsAResource(String module) {
        assertThat(Compiled.of(Samples.sources(module), STRICT).generated().values())
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("java.lang.reflect", "java.lang.invoke", "ServiceLoader", "ResourceBundle")
                        .doesNotContainPattern("\\.(forName|get(Declared)?(Constructor|Method|Field)s?|newInstance)\\(")
                        .doesNotContainPattern("\\.getResource(AsStream)?\\("));
    }

    @Test
    void aMigrationOfTheUnnamedPackageMayHaveTheNameOfTheCatalogsClass() {
        Compiled.of(List.of(Samples.source("Migrations", """
                import org.asyncmigrations.*;

                @AsyncMigration(version = 1)
                @Idempotent(By.TRANSACTION)
                public final class Migrations implements DataMigration {
                    public Migrations(String name) {}

                    @Override
                    public void migrate(MigrationRun run) {}
                }
                """)), STRICT).succeeds();
    }

    @Test
    void aModuleWithoutOurAnnotationsGetsNothing() {
        Compiled nothing = Compiled.of(List.of(Samples.source("com.acme.Plain", "package com.acme; class Plain {}")))
                .succeeds();
        assertThat(nothing.generated()).isEmpty();
    }

    @Test
    void twoCompilesGiveTheSameBytesInWhateverOrderTheSourcesCome() {
        List<JavaFileObject> reversed = new ArrayList<>(Samples.sources("good/shop"));
        Collections.reverse(reversed);
        assertThat(Compiled.of(reversed).generated())
                .isEqualTo(Compiled.of(Samples.sources("good/shop")).generated());
    }

    @Test
    void theGeneratedCodeIsDocumented() {
        Compiled shop = Compiled.of(Samples.sources("good/shop"), "-Xdoclint:all/protected");
        assertThat(shop.diagnostics().lines().filter(line -> line.startsWith("Async") || line.startsWith("Services")))
                .isEmpty();
    }

    @Test
    void aClassThatIsCalledAsAGeneratedMemberIsToldFromIt() {
        Compiled compiled = Compiled.of(
                        List.of(
                                Samples.migration("com.acme.Migrations", 1),
                                Samples.migration("com.acme.Mode", 2),
                                Samples.migration("com.acme.List", 3),
                                Samples.migration("com.acme.Dispatcher", 4),
                                Samples.migration("com.acme.Name", 5),
                                Samples.migration("com.acme.SchemaMigrations", 6)),
                        STRICT)
                .succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry"))
                .contains("class Migrations_ implements", "case 0 -> new Migrations();");
    }

    @Test
    void handlesWhoseNamesAreTakenHaveTheirVersionAppended() {
        Compiled compiled = Compiled.of(
                        List.of(
                                Samples.migration("com.acme.Default", 1),
                                Samples.migration("com.acme.Status", 2),
                                Samples.migration("com.acme.HashCode", 3),
                                Samples.source(
                                        "com.acme.package-info",
                                        "@org.asyncmigrations.AsyncMigrations package com.acme;"),
                                Samples.migration("com.acme.here.Backfill", 4),
                                Samples.migration("com.acme.there.Backfill", 20261121_093000L)),
                        "-Xlint:none")
                .isCompiled();
        assertThat(compiled.generated("AsyncMigrationRegistry"))
                .contains(" default1()", " status2()", " hashCode3()", " backfill()", " backfill20261121_093000()");
    }

    @Test
    void classesThatAreCalledAsThoseOfTheLanguageDoNoHarm() {
        Compiled.of(
                        List.of(
                                Samples.migration("com.acme.Class", 1),
                                Samples.source("com.acme.String", "package com.acme; class String {}"),
                                Samples.source("com.acme.Object", "package com.acme; class Object {}")),
                        "-Xlint:all,-processing",
                        "-Werror")
                .succeeds();
    }
}
