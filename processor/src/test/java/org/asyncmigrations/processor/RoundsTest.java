package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside other processors, in modules of other kinds, and with more to say than javac prints. */
class RoundsTest {
    private static final JavaFileObject LOMBOK_MIGRATION = Samples.source("com.acme.Lean", """
            package com.acme;

            import org.asyncmigrations.*;

            @AsyncMigration(version = 7)
            @Idempotent(By.TRANSACTION)
            @lombok.RequiredArgsConstructor
            public final class Lean implements DataMigration {
                private final java.time.Clock clock;

                @Override
                public void migrate(MigrationRun run) {}
            }
            """);

    @Test
    void aMigrationThatIsGeneratedInTheFirstRoundIsRegistered() {
        Compiled compiled = Compiled.with(
                        List.of(new LateGenerator(1), new MigrationProcessor()),
                        List.of(Samples.migration("com.acme.Plain", 20261121_093000L)))
                .succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("MigrationHandle generated()");
    }

    @Test
    void aModuleWhoseOnlyMigrationIsGeneratedHasARegistry() {
        Compiled compiled = Compiled.with(
                        List.of(new LateGenerator(1), new MigrationProcessor()),
                        List.of(Samples.source("com.acme.Plain", "package com.acme; class Plain {}")))
                .succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("new Generated()");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConstructorOfLombokCounts(boolean lombokFirst) throws ReflectiveOperationException {
        Processor lombok = (Processor) Class.forName("lombok.launch.AnnotationProcessorHider$AnnotationProcessor")
                .getDeclaredConstructor()
                .newInstance();
        Processor ours = new MigrationProcessor();
        Compiled compiled =
                Compiled.with(lombokFirst ? List.of(lombok, ours) : List.of(ours, lombok), List.of(LOMBOK_MIGRATION));
        assertThat(compiled.compilation().errors()).isEmpty();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("new Lean(services.clock())");
    }

    @Test
    void migrationsInTheUnnamedPackageHaveTheirRegistryThere() {
        String text = Samples.text(Samples.migration("com.acme.Plain", 7)).replace("package com.acme;", "");
        Compiled compiled = Compiled.of(List.of(Samples.source("Plain", text))).succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("new Plain()");
    }

    @Test
    void javacsLimitIsMentionedWhereItCutsFindingsOff() {
        List<JavaFileObject> zeros = LongStream.range(0, 120)
                .mapToObj(i -> Samples.migration("com.acme.M" + i, -i))
                .toList();
        Compiled compiled = Compiled.of(zeros);
        assertThat(compiled.compilation().errors()).hasSize(100);
        assertThat(compiled.diagnostics()).containsOnlyOnce("(javac shows 100 errors; -Xmaxerrs shows more)");
    }

    @Test
    void theRegistryIsWrittenToTheAnnotatedPackageWhereMigrationsAreInOthers() {
        Compiled compiled = Compiled.of(List.of(
                        Samples.source(
                                "com.acme.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme;"),
                        Samples.migration("com.acme.here.First", 1),
                        Samples.migration("com.acme.there.Second", 2)))
                .succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).startsWith("package com.acme;");
    }
}
