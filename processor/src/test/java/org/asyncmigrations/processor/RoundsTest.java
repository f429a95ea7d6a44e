package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private static final JavaFileObject RATES =
            Samples.source("com.acme.Rates", "package com.acme; public class Rates {}");

    private static final JavaFileObject NEEDY = Samples.source("com.acme.Needy", """
            package com.acme;

            import org.asyncmigrations.*;

            @AsyncMigration(version = 7) @Idempotent(By.TRANSACTION)
            final class Needy implements DataMigration {
                Needy(Rates rates) {}

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

    /** A round costs as much as reading all sources' declarations again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereNoOtherProcessorIsInstalledAllIsWrittenInTheFirstRound(boolean alone) {
        List<Boolean> written = new ArrayList<>();
        Processor ours = alone ? Installed.alone() : new MigrationProcessor();
        Processor observer = new RoundObserver(
                elements -> written.add(elements.getTypeElement("com.acme.AsyncMigrationRegistry") != null));
        Compiled.with(List.of(ours, observer), List.of(Samples.migration("com.acme.Plain", 7)))
                .succeeds();
        assertThat(written).isEqualTo(alone ? List.of(false, true, true) : List.of(false, false, true, true));
    }

    @Test
    void whatAProcessorThatIsNotInstalledGeneratesIsAnError() {
        assertThat(Compiled.with(
                                List.of(Installed.alone(), new LateGenerator(1)),
                                List.of(Samples.migration("com.acme.Plain", 20261121_093000L)))
                        .diagnostics())
                .containsOnlyOnce("error")
                .contains("[MigrationTooLate] migration Generated");
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
        Processor lombok = lombok();
        Processor ours = new MigrationProcessor();
        Compiled compiled =
                Compiled.with(lombokFirst ? List.of(lombok, ours) : List.of(ours, lombok), List.of(LOMBOK_MIGRATION));
        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("new Lean(services.clock())");
    }

    /** As AutoFactory and Immutables do together: the type that is needed comes a round after the one that it needs. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceWhoseTypeIsGeneratedInTheSecondRoundIsAwaited(boolean oursFirst) {
        Compiled compiled = Compiled.with(processors(oursFirst, generators(2)), List.of(NEEDY))
                .succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("new Needy(services.rates())");
        assertThat(compiled.generated("Services")).contains("Rates rates");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void typesAreAwaitedAsLongAsOthersGenerate(boolean oursFirst) {
        Compiled compiled = Compiled.with(processors(oursFirst, generators(6)), List.of(NEEDY))
                .succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("new Needy(services.rates())");
        assertThat(compiled.generated().keySet()).contains("AsyncSchemaMigrations", "AsyncMigrationInstances");
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 9})
    void whatComesAfterTheRegistryIsAnError(int rounds) {
        assertThat(Compiled.with(processors(true, generators(rounds)), List.of(NEEDY))
                        .diagnostics())
                .containsOnlyOnce("error")
                .startsWith(
                        "Needy.java:6:7: error: [MigrationTooLate] type Rates of parameter rates of migration Needy");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesInTheLastRoundIsJavacsError(boolean oursFirst) {
        LateGenerator last = new LateGenerator(LateGenerator.LAST, RATES);
        assertThat(Compiled.with(processors(oursFirst, List.of(last)), List.of(NEEDY))
                        .diagnostics())
                .containsOnlyOnce("error")
                .contains("Needy.java:7:11: error: cannot find symbol");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version = Late.VERSION|implements DataMigration|async(9L,",
                "version = 7|extends Late|new Fill()",
                "version = 7, after = Late.class|implements DataMigration|after(3L)",
                "version = 7, description = Late.TEXT|implements DataMigration|\"why\"",
            })
    void aBaseClassAConstantAndAPredecessorAreAwaited(String values, String supertypes, String written) {
        JavaFileObject fill = Samples.source("com.acme.Fill", """
                package com.acme;
                import org.asyncmigrations.*;
                @AsyncMigration(%s)
                @Idempotent(By.TRANSACTION)
                class Fill %s {
                    @Override
                    public void migrate(MigrationRun run) {}
                }
                """.formatted(values, supertypes));
        JavaFileObject late = Samples.source("com.acme.Late", """
                package com.acme;
                import org.asyncmigrations.*;
                @AsyncMigration(version = 3)
                @Idempotent(By.TRANSACTION)
                public class Late implements DataMigration {
                    public static final long VERSION = 9;
                    public static final String TEXT = "why";
                    public void migrate(MigrationRun run) {}
                }
                """);
        Compiled compiled = Compiled.with(processors(true, List.of(new LateGenerator(2, late))), List.of(fill))
                .succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains(written, "new Late()", "new Fill()");
    }

    /** One in each round up to the one in which the type comes. */
    private static List<Processor> generators(int rounds) {
        List<Processor> generators = new ArrayList<>(List.of(new LateGenerator(rounds, RATES)));
        for (int round = 1; round < rounds; round++) {
            String name = "Before" + round;
            generators.add(new LateGenerator(
                    round, Samples.source("com.acme." + name, "package com.acme; class " + name + " {}")));
        }
        return generators;
    }

    private static List<Processor> processors(boolean oursFirst, List<? extends Processor> others) {
        List<Processor> processors = new ArrayList<>(others);
        processors.add(oursFirst ? 0 : others.size(), new MigrationProcessor());
        return processors;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClassThatLombokMakesStaticIsMade(boolean oursFirst) throws ReflectiveOperationException {
        String nested = Samples.text(LOMBOK_MIGRATION).replaceFirst("(?s).*;\\s+@Async", "@Async");
        JavaFileObject source = Samples.source(
                "com.acme.Repairs",
                "package com.acme; import org.asyncmigrations.*; @lombok.experimental.UtilityClass public class Repairs { "
                        + nested + "}");
        Compiled compiled = Compiled.with(processors(oursFirst, List.of(lombok())), List.of(source));
        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("new Repairs.Lean(services.clock())");
    }

    /** Another processor, which looks at each round. */
    @SupportedAnnotationTypes("*")
    private static final class RoundObserver extends AbstractProcessor {
        private final Consumer<Elements> look;

        RoundObserver(Consumer<Elements> look) {
            this.look = look;
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            look.accept(processingEnv.getElementUtils());
            return false;
        }
    }

    private static Processor lombok() throws ReflectiveOperationException {
        return (Processor) Class.forName("lombok.launch.AnnotationProcessorHider$AnnotationProcessor")
                .getDeclaredConstructor()
                .newInstance();
    }

    @Test
    void migrationsInTheUnnamedPackageHaveTheirRegistryThere() {
        String text = Samples.text(Samples.migration("com.acme.Plain", 7)).replace("package com.acme;", "");
        Compiled compiled = Compiled.of(List.of(Samples.source("Plain", text))).succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("new Plain()");
    }

    /** With a journal, by which classes are looked up; and javac counts no class of the unnamed package twice. */
    @Test
    @EnabledForJreRange(minVersion = 25)
    void aCompactSourceFileMayBeBesideMigrationsThatImportModules(@TempDir Path directory) throws IOException {
        String text = Samples.text(Samples.migration("com.acme.Plain", 7))
                .replace("package com.acme;", "import module java.base;")
                .replace("Migration {", "Migration { Plain(List<String> codes) {}");
        Path journal =
                Files.writeString(directory.resolve("journal"), "3 ASYNC 58ef992ed3c8ad78790b372aff45ad83 1 Gone\n");
        List<JavaFileObject> sources = List.of(Samples.source("Plain", text), Samples.source("Tool", "void main() {}"));
        assertThat(Compiled.of(sources).succeeds().generated("AsyncMigrationRegistry"))
                .contains("new Plain(services.codes())");
        assertThat(Compiled.of(sources, "-Aasyncmigrations.journal=" + journal).diagnostics())
                .containsOnlyOnce("error: ")
                .contains("error: [ReleasedMigrationMissing]");
    }

    @Test
    void javacsLimitIsMentionedWhereItCutsFindingsOff() {
        List<JavaFileObject> zeros = LongStream.range(0, 120)
                .mapToObj(i -> Samples.migration("com.acme.M" + i, -i))
                .toList();
        Compiled compiled = Compiled.of(zeros);
        assertThat(compiled.errors()).hasSize(100);
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
