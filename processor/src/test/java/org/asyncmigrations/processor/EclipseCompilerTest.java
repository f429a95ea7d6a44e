package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.asyncmigrations.processor.check.Message;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ecj, the compiler of Eclipse: the same registry but without fingerprints, and the same findings in the same files. */
class EclipseCompilerTest {
    private static final Pattern FINDING = Pattern.compile("(?m)^(?:(\\S+\\.java):\\d+:(?:\\d+:)? )?\\w+: \\[(\\w+)]");

    /** What ecj cannot find, or not with these samples. */
    private static final Set<Message> JAVAC_ONLY = Set.of(
            // The sample needs another module; there is a test for it.
            Message.REGISTRY_ELSEWHERE,
            // The samples count javac's rounds.
            Message.MIGRATION_TOO_LATE,
            Message.PART_TOO_LATE,
            // The sample needs Java 25; what these tests compile is Java 17.
            Message.NAMELESS_CLASS,
            // Without sources there are no fingerprints to compare.
            Message.RELEASED_CODE_CHANGED,
            // What a body does is read with javac's tree API, and so are the tables of keys.
            Message.SHARED_TABLE,
            Message.SCHEMA_CHANGE_AFTER_RELEASE,
            Message.DROP_BEFORE_RELEASE,
            Message.UNBOUNDED_CHANGE,
            Message.BATCH_ROWS_UNUSED,
            Message.WHOLE_TABLE_IN_BATCH,
            Message.WHOLE_TABLE_TEXT_IN_BATCH,
            Message.QUERY_NOT_EXECUTED,
            Message.ROWS_MISSPELLED,
            Message.BACKFILL_WITHOUT_PENDING,
            Message.BACKFILL_WITHOUT_SET);

    /** Findings whose place ecj does not give: annotations of packages and components of records have none. */
    private static final Set<Message> WITHOUT_FILE = Set.of(
            Message.SEVERAL_REGISTRY_PACKAGES,
            Message.BAD_PREFIX,
            Message.BAD_SCHEMA,
            Message.BAD_SERVICES,
            Message.NOT_A_REGISTRY,
            Message.SPRING_MISSING,
            Message.INCLUDES_ITSELF,
            Message.DUPLICATE_VERSION_INCLUDED,
            Message.OUT_OF_ORDER_ELSEWHERE,
            Message.RELEASED_CODE_CHANGED_ELSEWHERE,
            Message.RELEASED_REGISTRY_LEFT_OUT,
            Message.OWN_REGISTRY);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"good/shop", "good/empty"})
    void theRegistryIsThatOfJavacWithoutFingerprints(String sample) {
        Project ecj = ecj("ecj").withSample(sample);
        assertThat(ecj.build("-nowarn")).isEmpty();
        assertThat(ecj.written().keySet()).noneMatch(name -> name.endsWith("/checked"));
        Project javac = new Project(directory.resolve("javac")).withSample(sample);
        assertThat(javac.build()).isEmpty();
        assertThat(withoutFingerprints(ecj)).isEqualTo(withoutFingerprints(javac));
    }

    @ParameterizedTest
    @EnumSource(Message.class)
    void theSampleGetsTheSameFindingsInTheSameFiles(Message message) throws IOException {
        if (JAVAC_ONLY.contains(message)) {
            return;
        }
        String sample = "bad/" + message.name();
        Path journal = directory.resolve("journal");
        Samples.copyJournal(sample, journal);
        Stream<String> options = Stream.of(Samples.options(sample, journal)).filter(option -> option.startsWith("-A"));
        String said = ecj("ecj")
                .withSample(sample)
                .build(Stream.concat(options, Stream.of("-proc:only")).toArray(String[]::new));
        boolean withFile = !WITHOUT_FILE.contains(message);
        assertThat(findings(said, withFile))
                .as(said)
                .isEqualTo(findings(Samples.text("bad/" + message.name() + "/findings.txt"), withFile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BackfillEmailLower", "Close"})
    void oneFileGivesWhatAllGiveWhereNoGeneratedClassIsInTheWay(String simpleName) throws IOException {
        Project shop = ecj("shop").withSample("good/shop").delete("com.acme.shop.Start");
        assertThat(shop.build("-nowarn")).isEmpty();
        var whole = shop.written();
        deleteGenerated(shop);
        assertThat(shop.buildOnly("com.acme.shop." + simpleName)).doesNotContain("error");
        assertThat(shop.written()).isEqualTo(whole);
    }

    @Test
    void aPackageThatIsNotCompiledIsStillTheRegistrys() throws IOException {
        Project shop = ecj("shop")
                .write("com.acme.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme;")
                .with(Samples.migration("com.acme.here.First", 1))
                .with(Samples.migration("com.acme.there.Second", 2));
        assertThat(shop.build()).isEmpty();
        var whole = shop.written();
        deleteGenerated(shop);
        assertThat(shop.buildOnly("com.acme.there.Second")).isEmpty();
        assertThat(shop.written()).isEqualTo(whole);
    }

    /** Not so in Eclipse, whose builder has a Filer of its own. */
    @Test
    void aGeneratedClassOfTheBuildBeforeIsInTheWayOfTheBatchCompiler() {
        Project shop = ecj("shop").with(Samples.migration("com.acme.shop.First", 1));
        assertThat(shop.build()).isEmpty();
        assertThat(shop.buildOnly("com.acme.shop.First"))
                .hasLineCount(1)
                .startsWith("error: [NameTaken] generated class com.acme.shop.Async");
    }

    @Test
    void aRuntimeWithoutJavacIsEnough() throws Exception {
        Project shop = ecj("shop").with(Samples.migration("com.acme.shop.First", 1));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String path = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(java.toString(), "--limit-modules", "java.se", "-cp", path));
        command.addAll(List.of("org.eclipse.jdt.internal.compiler.batch.Main", "-17", "-cp", path, "-d"));
        command.addAll(List.of(shop.classes().toString(), "-processor", MigrationProcessor.class.getName()));
        // Without it what is generated goes into the working directory.
        command.addAll(List.of("-s", directory.resolve("shop/generated").toString()));
        command.add(directory.resolve("shop/src").toString());
        Path working = Files.createDirectory(directory.resolve("working"));
        Process ecj = new ProcessBuilder(command)
                .directory(working.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(ecj.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ecj.waitFor()).as(said).isZero();
        assertThat(shop.classes().resolve("com/acme/shop/AsyncMigrationRegistry.class"))
                .exists();
        assertThat(working).isEmptyDirectory();
    }

    /** It writes all in one round, the first in which all is known; what is missing altogether it says itself. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceWhoseTypeIsGeneratedIsAwaited(boolean oursFirst) {
        JavaFileObject rates = Samples.source("com.acme.Rates", "package com.acme; public class Rates {}");
        Project shop = ecj("shop").write("com.acme.Fill", """
                package com.acme;
                import org.asyncmigrations.*;
                @AsyncMigration(version = 7) @Idempotent(By.TRANSACTION)
                class Fill implements DataMigration {
                    Fill(Rates rates) {}
                    @Override
                    public void migrate(MigrationRun run) {}
                    AsyncMigrationRegistry registry;
                }
                """);
        List<Processor> processors = new ArrayList<>(List.of(new LateGenerator(1, rates)));
        processors.add(oursFirst ? 0 : 1, new MigrationProcessor());
        assertThat(shop.compile(processors, List.of("com.acme.Fill"))).isEmpty();
        assertThat(shop.written().get("generated/com/acme/AsyncMigrationRegistry.java"))
                .contains("new Fill(services.rates())");
        assertThat(ecj("missing").withSourcesOf(shop).build())
                .contains("Fill.java:5: error: Rates cannot be resolved to a type")
                .doesNotContain("[", "AsyncMigrationRegistry");
    }

    @Test
    void versionsOfOtherModulesAreSeen() {
        Project billing = ecj("billing").with(Samples.migration("com.acme.billing.Close", 1));
        assertThat(billing.build()).isEmpty();
        Project stock = ecj("stock").with(Samples.migration("com.acme.stock.Count", 2));
        assertThat(stock.build()).isEmpty();
        Project shop = ecj("shop")
                .on(billing)
                .on(stock)
                .with(Samples.migration("com.acme.shop.First", 1))
                .with(Samples.migration("com.acme.shop.Second", 2));
        assertThat(shop.build())
                .contains("version of com.acme.billing.Close in com.acme.billing.AsyncMigrationRegistry")
                .contains("version of com.acme.stock.Count in com.acme.stock.AsyncMigrationRegistry");
    }

    @Test
    void aRegistryOfTheSameNameInAnotherModuleIsNotHidden() {
        Project main = ecj("main").with(Samples.migration("com.acme.shop.First", 1));
        assertThat(main.build()).isEmpty();
        Project tests = ecj("tests").on(main).with(Samples.migration("com.acme.shop.Second", 1));
        assertThat(tests.build("-proc:only")).contains("[NameTaken] com.acme.shop.Async", "[DuplicateVersion]");
    }

    @Test
    void registriesOfOtherModulesAreIncluded() {
        Project billing = ecj("billing").with(Samples.migration("com.acme.billing.Close", 1));
        assertThat(billing.build()).isEmpty();
        Project shop = ecj("shop").on(billing).write("com.acme.shop.package-info", """
                @org.asyncmigrations.AsyncMigrations(include = com.acme.billing.AsyncMigrationRegistry.class)
                package com.acme.shop;
                """);
        assertThat(shop.build()).isEmpty();
        assertThat(shop.written().get("generated/com/acme/shop/AsyncMigrationRegistry.java"))
                .contains("\"1 com.acme.billing.Close\"", "close1()");
    }

    /** By what is not there as a source. */
    private static void deleteGenerated(Project project) throws IOException {
        for (Path file : Project.files(project.classes())) {
            if (file.toString().matches(".*(/Async\\w+(\\$\\w+)?|/Services|catalog/\\w+)\\.class")) {
                Files.delete(file);
            }
        }
    }

    private Project ecj(String name) {
        return new Project(directory.resolve(name), new EclipseCompiler());
    }

    /** A fingerprint is longer than its absence, and so may move a line's end. */
    private static Map<String, String> withoutFingerprints(Project project) {
        Map<String, String> texts = new TreeMap<>();
        project.written()
                .forEach((name, text) -> texts.put(
                        name, text.replaceAll("\\b[0-9a-f]{32}\\b", "-").replaceAll("\\s+", "")));
        // ecj reads no bodies, and so proves nothing.
        texts.keySet().removeIf(name -> name.endsWith("/checked"));
        return texts;
    }

    private static List<String> findings(String said, boolean withFile) {
        Stream<MatchResult> found = FINDING.matcher(said).results();
        return List.copyOf(found.map(match -> (withFile ? match.group(1) + " " : "") + match.group(2))
                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
