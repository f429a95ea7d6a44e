package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.tools.JavaFileObject;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Phase;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a journal, from the first release on. */
class JournalTest {
    private static final JavaFileObject FIRST = Samples.migration("com.acme.First", 20261121_093000L);
    private static final JavaFileObject SECOND = Samples.migration("com.acme.Second", 20261122_093000L);
    private static final String CODE = "4ee6a6ddae90082b215f5c24a74ce7f7";

    @TempDir
    private Path directory;

    private JournaledModule shop;

    @BeforeEach
    void aModuleThatHasReleasedNothing() throws IOException {
        shop = JournaledModule.empty(directory.resolve("src/main/migrations/journal"));
    }

    @Test
    void aRepairIsAcceptedWithTheLineThatTheFindingGives() throws IOException {
        JavaFileObject changed = changed(FIRST);
        shop.release("2.4.0", List.of(FIRST, SECOND));
        String finding = shop.findings(List.of(changed, SECOND));
        assertThat(finding).startsWith("First.java").contains("[ReleasedMigrationChanged]", "replace JOURNAL:1 by");
        shop.write(lineOf(finding) + shop.text().substring(shop.text().indexOf('\n')));
        shop.compile(List.of(changed, SECOND)).succeeds();
    }

    @Test
    void anIndependentMigrationIsReleasedAsSuchAndStaysSo() throws IOException {
        JavaFileObject independent = Samples.source(
                "com.acme.First",
                Samples.text(FIRST).replace("93000L)", "93000L, independent = true, writes = \"users\")"));
        shop.release("2.4.0", List.of(independent));
        assertThat(shop.text()).isEqualTo("20261121_093000 ASYNC,independent " + CODE + " 2.4.0 com.acme.First\n");
        shop.compile(List.of(independent)).succeeds();
        String finding = shop.findings(List.of(FIRST));
        assertThat(finding).contains("[ReleasedMigrationChanged] independent of First may not change");
        String released = shop.text();
        shop.write(lineOf(finding));
        shop.compile(List.of(FIRST)).succeeds();
        shop.write(released);
        assertThat(lineOf(shop.findings(List.of(SECOND))))
                .isEqualTo("20261121_093000 ASYNC retired 2.4.0 com.acme.First");
    }

    @Test
    void aClassMayBeRenamedAndMoved() throws IOException {
        shop.release("2.4.0", List.of(FIRST));
        shop.compile(List.of(Samples.migration("com.acme.elsewhere.Renamed", 20261121_093000L)))
                .succeeds();
    }

    @Test
    void aClassIsDeletedForGoodWithTheLineThatTheFindingGives() throws Exception {
        shop.release("2.4.0", List.of(FIRST, SECOND));
        String finding = shop.findings(List.of(SECOND));
        assertThat(finding).startsWith("error: [ReleasedMigrationMissing] JOURNAL:1: ");
        shop.write(lineOf(finding) + shop.text().substring(shop.text().indexOf('\n')));
        shop.compile(List.of(FIRST, SECOND)).succeeds();
        Compiled compiled = shop.compile(List.of(SECOND)).succeeds();
        assertThat(Loaded.of(compiled)
                        .catalog("com.acme.AsyncMigrationRegistry")
                        .retired())
                .containsExactly(MigrationEntry.retired(20261121_093000L, "com.acme.First", Phase.ASYNC, "2.4.0"));
    }

    @Test
    void whatIsRetiredIsWrittenIntoTheCatalog() throws IOException {
        shop.write("7 async retired \"2\" com.acme.Old\n20261001_000000 AFTER_RELEASE retired 2.3.0 com.acme.Gone\n");
        assertThat(shop.compile(List.of(FIRST)).succeeds().generated("AsyncMigrationRegistry"))
                .contains("""
                                public List<MigrationEntry> retired() {
                                    MigrationEntry[] entries = {
                                            MigrationEntry.retired(7L, "com.acme.Old", Phase.ASYNC, "\\"2\\""),
                                            MigrationEntry.retired(20261001_000000L, "com.acme.Gone", Phase.AFTER_RELEASE,
                                                    "2.3.0")
                                    };
                                    return List.of(entries);
                                }
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 1_001})
    void manyThatAreRetiredAreSpreadOverClasses(int count) throws Exception {
        shop.write(lines(count, "retired"));
        Compiled compiled = shop.compile(List.of(FIRST)).succeeds();
        MigrationCatalog<?> catalog = Loaded.of(compiled).catalog("com.acme.AsyncMigrationRegistry");
        assertThat(catalog.retired())
                .extracting(MigrationEntry::version)
                .isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
    }

    @Test
    void whileTheJournalCannotBeReadOnlyThatIsSaid() throws IOException {
        shop.write(
                "5 ASYNC 0f 1 com.acme.Gone\n20261121_093000 ASYNC 0f 1 com.acme.First\n99991231_000000 OFTEN 0f 1 A\n");
        assertThat(shop.findings(List.of(FIRST, SECOND)))
                .startsWith("error: [UnreadableJournal] JOURNAL:3:17: ")
                .hasLineCount(1);
    }

    @Test
    void aHundredThousandLinesAreCheckedAndTenAreTold() throws IOException {
        shop.write(lines(100_000, CODE));
        assertThat(shop.findings(List.of(FIRST)).lines())
                .hasSize(11)
                .last()
                .asString()
                .contains("99990 more lines of journal JOURNAL");
    }

    @Test
    void oneMoreIsToldAsOne() throws IOException {
        shop.write(lines(11, CODE));
        assertThat(shop.findings(List.of(FIRST))).contains("] 1 more line of journal JOURNAL must belong to");
        shop.write("x\n".repeat(11));
        assertThat(shop.findings(List.of(FIRST))).contains("] 1 more place of journal JOURNAL must be corrected");
    }

    @Test
    void aMigrationOnTheClassPathIsNotMissing() throws Exception {
        shop.release("2.4.0", List.of(FIRST, SECOND));
        Compiled elsewhere = Compiled.with(List.of(), List.of(FIRST), "-proc:none");
        Path classes = Loaded.of(elsewhere).save(directory.resolve("classes"));
        String path = classes + File.pathSeparator + System.getProperty("java.class.path");
        shop.compile(List.of(SECOND), "--class-path", path).succeeds();
        shop.write(shop.text().replace("20261121_093000", "20261121_093001"));
        assertThat(shop.findings(List.of(SECOND), "--class-path", path)).contains("[ReleasedMigrationMissing]");
    }

    @Test
    void aVersionThatTheCompilerCannotReadIsNotSaidToBeMissing() throws IOException {
        shop.release("2.4.0", List.of(FIRST));
        String text = FIRST.getCharContent(false).toString().replace("20261121093000L", "Missing.VERSION");
        assertThat(shop.findings(List.of(Samples.source("com.acme.First", text))))
                .contains("Missing")
                .doesNotContain("[");
    }

    @Test
    void ofTwoMigrationsWithAReleasedVersionOnlyThatIsSaid() throws IOException {
        shop.release("2.4.0", List.of(FIRST));
        JavaFileObject twin = changed(Samples.migration("com.acme.Twin", 20261121_093000L));
        assertThat(shop.findings(List.of(FIRST, twin)).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("[DuplicateVersion]"));
    }

    @Test
    void aCompilerThatHandsOutNoSourceChecksAllButTheCode() throws IOException {
        shop.release("2.4.0", List.of(FIRST));
        shop.compile(List.of(new Sourceless()), List.of(changed(FIRST), SECOND)).succeeds();
    }

    private static String lines(int count, String code) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(i -> i + " ASYNC " + code + " 2.3.0 com.acme.old.Migration" + i + "\n")
                .collect(Collectors.joining());
    }

    private static JavaFileObject changed(JavaFileObject source) throws IOException {
        String text = source.getCharContent(false).toString();
        String name = text.contains("class First") ? "com.acme.First" : "com.acme.Twin";
        return Samples.source(name, text.replace("run) {}", "run) { run.dsl(); }"));
    }

    private static String lineOf(String finding) {
        return finding.lines()
                .filter(line -> line.contains(" this one: ") || line.contains(" this line: "))
                .map(line -> line.replaceAll(".* this (one|line): ", ""))
                .findFirst()
                .orElseThrow();
    }
}
