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
                        "AsyncMigrationEvents",
                        "AsyncMigrationEventsRecord",
                        "AsyncMigrationBuilds",
                        "AsyncMigrationBuildsRecord",
                        "AsyncMigrationInstances",
                        "AsyncMigrationInstancesRecord",
                        "AsyncMigrationRegistry");
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
}
