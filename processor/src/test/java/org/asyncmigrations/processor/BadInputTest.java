package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that does not compile by itself: the compiler's message is enough, and nothing of ours is added to it. */
class BadInputTest {
    /** An application that uses all there is, and so would see each symbol that is missing. */
    private static final JavaFileObject APPLICATION = Samples.source("com.acme.Application", """
            package com.acme;

            class Application {
                void start(javax.sql.DataSource dataSource) {
                    try (var registry = AsyncMigrationRegistry.builder(dataSource).build()) {
                        registry.broken().isDone();
                        registry.dispatch();
                    }
                }
            }
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(version = 7, after = Missing.class)|implements DataMigration|Missing",
                "(version = 7, after = {Missing.class, Gone.class})|implements DataMigration|Missing Gone",
                "(version = 7)|implements Missing|Missing",
                "(version = 7)|extends Missing implements DataMigration|Missing",
                "(version = 7)|extends java.util.ArrayList<Missing> implements DataMigration|Missing",
                "(version = Missing.VERSION)|implements DataMigration|Missing",
            })
    void whatIsMissingIsSaidOnceByTheCompiler(String values, String heritage, String missing) {
        Compiled compiled = Compiled.of(List.of(migration(values, heritage, ""), APPLICATION));
        List<String> errors = errors(compiled);
        assertThat(errors).hasSameSizeAs(missing.split(" ")).allMatch(error -> error.contains("Broken.java"));
        assertThat(compiled.found().toString()).contains(missing.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public Broken(Missing service) {}",
                "public Broken(java.util.List<? extends Missing[]> services) {}",
                "public Broken(java.util.Map<String, Missing.Inner> services, int size) {}",
            })
    void aServiceOfAMissingTypeIsLeftOut(String constructor) {
        Compiled compiled =
                Compiled.of(List.of(migration("(version = 7)", "implements DataMigration", constructor), APPLICATION));
        assertThat(errors(compiled)).singleElement().asString().contains("Broken.java");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "()",
                "(version = \"7\")",
                "(version = 7, after = 3)",
                "(version = 7, description = 3, transactional = 3)",
                "(version = 7, colour = 3)",
                "(version = 1 / 0)",
                "(version = 99999999999999999999L)",
                "(version = 7, after = )",
                "(",
            })
    void anAnnotationThatTheCompilerRefusesBreaksNothing(String values) {
        failsWithoutFault(migration(values, "implements DataMigration", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@AsyncMigration(version = 7) void method() {}",
                "void method() { @AsyncMigration(version = 7) class Local {} ; int x = y; }",
                "@AsyncMigration(version = 7) @Idempotent(By.NEVER) class Inner<T extends Inner<T>> extends Inner<T> {}",
                "@AsyncMigration(version = 7) @Idempotent static <T> class Inner implements DataMigration {}",
                "@AsyncMigration(version = 7) enum Letter implements DataMigration { A { void x() } }",
                "@AsyncMigration(version = 7) record Pair(Missing a, int a) implements DataMigration {}",
                "@AsyncMigration(version = 7) @interface Note { Missing value(); }",
                "@AsyncMigration(version = 7) @AsyncMigration(version = 8) static class Twice {}",
                "@AsyncMigration(version = 7) sealed interface Shape permits Missing {}",
                "@SuppressWarnings(Missing.NAME) @AsyncMigration(version = 7) static class Quiet {}",
                "@AsyncMigration(version = 7) static class Odd { Odd(Odd this, void x, Odd... y, int z) {} }",
            })
    void aMemberThatTheCompilerRefusesBreaksNothing(String member) {
        failsWithoutFault(Samples.source(
                "com.acme.Broken",
                "package com.acme; import org.asyncmigrations.*; public class Broken { " + member + " }"));
    }

    @Test
    void aSyntaxErrorElsewhereIsTheOnlyThingThatIsSaid() {
        Compiled compiled = Compiled.of(List.of(
                Samples.migration("com.acme.Broken", 7),
                APPLICATION,
                Samples.source("com.acme.Elsewhere", "package com.acme; class Elsewhere { int x = ; }")));
        assertThat(errors(compiled)).singleElement().asString().contains("Elsewhere.java");
    }

    @Test
    void aPackageAnnotationThatTheCompilerRefusesBreaksNothing() {
        failsWithoutFault(Samples.source(
                "com.acme.package-info",
                "@org.asyncmigrations.AsyncMigrations(prefix = 3, schema = Missing.NAME) package com.acme;"));
    }

    @Test
    void findingsAreSaidThoughTheCompilerHasErrorsOfItsOwn() {
        Compiled compiled = Compiled.of(List.of(
                migration("(version = 0, after = Missing.class)", "implements DataMigration", ""), APPLICATION));
        assertThat(errors(compiled)).hasSize(2).anyMatch(error -> error.contains("[NonPositiveVersion]"));
    }

    private static JavaFileObject migration(String values, String heritage, String member) {
        return Samples.source("com.acme.Broken", """
                package com.acme;

                import org.asyncmigrations.*;

                @AsyncMigration%s
                @Idempotent(By.TRANSACTION)
                public class Broken %s {
                    %s

                    public void migrate(MigrationRun run) {}
                }
                """.formatted(values, heritage, member));
    }

    private static List<String> errors(Compiled compiled) {
        assertThat(compiled.succeeded()).isFalse();
        return compiled.errors().stream().map(error -> error.toString()).toList();
    }

    private static void failsWithoutFault(JavaFileObject source) {
        Compiled compiled = Compiled.of(List.of(source));
        assertThat(errors(compiled)).isNotEmpty().noneMatch(error -> error.contains("[ProcessorFault]"));
    }
}
