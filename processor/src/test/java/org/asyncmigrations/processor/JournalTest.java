package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a journal, from the first release on. */
class JournalTest {
    private static final JavaFileObject PACKAGE =
            Samples.source("com.acme.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme;");
    private static final JavaFileObject FIRST = Samples.migration("com.acme.First", 20261121_093000L);
    private static final JavaFileObject SECOND = Samples.migration("com.acme.Second", 20261122_093000L);
    private static final JavaFileObject THIRD = Samples.migration("com.acme.Third", 20261123_093000L);
    private static final String CODE = "4ee6a6ddae90082b215f5c24a74ce7f7";

    @TempDir
    private Path directory;

    private JournaledModule shop;

    @BeforeEach
    void aModuleWithoutJournal() {
        shop = new JournaledModule(directory.resolve("src/main/migrations/journal"));
    }

    @Test
    void theFirstReleaseMakesTheJournal() throws IOException {
        shop.release("2.4.0", List.of(SECOND, FIRST)).succeeds();
        assertThat(shop.text())
                .isEqualTo("20261121_093000 ASYNC " + CODE + " 2.4.0 com.acme.First\n" + "20261122_093000 ASYNC " + CODE
                        + " 2.4.0 com.acme.Second\n");
        shop.compile(List.of(FIRST, SECOND)).succeeds();
    }

    @Test
    void aReleaseSaysHowManyMigrationsItHasWrittenDown() {
        assertThat(shop.compile(List.of(PACKAGE)).notes()).isEmpty();
        assertThat(shop.release("2.4.0", List.of(FIRST)).notes())
                .containsExactly("journal: 1 migration released in 2.4.0");
        assertThat(shop.release("2.5.0", List.of(FIRST, SECOND, THIRD)).notes())
                .containsExactly("journal: 2 migrations released in 2.5.0");
        assertThat(shop.release("2.6.0", List.of(FIRST, SECOND, THIRD)).notes())
                .containsExactly("journal: 0 migrations released in 2.6.0");
    }

    @Test
    void theFirstReleaseOfAModuleWithoutMigrationsMakesAnEmptyJournal() throws IOException {
        shop.release("2.4.0", List.of(PACKAGE)).succeeds();
        assertThat(shop.text()).isEmpty();
        shop.compile(List.of(PACKAGE)).succeeds();
    }

    @Test
    void aSecondReleaseAppendsWhatIsNew() throws IOException {
        shop.release("2.4.0", List.of(FIRST)).succeeds();
        shop.write("# Ours.\r\n" + shop.text().replace("\n", " \r\n"));
        String before = shop.text();
        shop.release("2.5.0", List.of(FIRST, SECOND, THIRD)).succeeds();
        assertThat(shop.text())
                .isEqualTo(before + "20261122_093000 ASYNC " + CODE + " 2.5.0 com.acme.Second\r\n"
                        + "20261123_093000 ASYNC " + CODE + " 2.5.0 com.acme.Third\r\n");
    }

    @Test
    void aReleaseWithNothingNewLeavesTheFileAlone() throws IOException {
        shop.release("2.4.0", List.of(FIRST)).succeeds();
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(shop.journal(), longAgo);
        shop.release("2.5.0", List.of(FIRST)).succeeds();
        assertThat(Files.getLastModifiedTime(shop.journal())).isEqualTo(longAgo);
        assertThat(shop.text()).contains("2.4.0").doesNotContain("2.5.0");
    }

    @Test
    void withoutAReleaseNothingIsWritten() throws IOException {
        shop.release("2.4.0", List.of(FIRST)).succeeds();
        String before = shop.text();
        shop.compile(List.of(FIRST, SECOND)).succeeds();
        assertThat(shop.text()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Else { int x = ; }",
                "@org.asyncmigrations.AsyncMigration(version = 0) class Else {}",
                "@org.asyncmigrations.AsyncMigration(version = 7) @org.asyncmigrations.Idempotent("
                        + "org.asyncmigrations.By.TRANSACTION) class Else implements org.asyncmigrations.DataMigration {}",
            })
    void nothingIsReleasedWhereTheCompilerOrAFindingHasAnError(String other) {
        JavaFileObject wrong = Samples.source("com.acme.Else", "package com.acme; " + other);
        assertThat(shop.release("2.4.0", List.of(FIRST, wrong)).compilation().status())
                .isEqualTo(Compilation.Status.FAILURE);
        assertThat(shop.journal()).doesNotExist();
    }

    @Test
    void whileTheJournalCannotBeReadOnlyThatIsSaidAndNothingIsReleased() throws IOException {
        Files.createDirectories(shop.journal().getParent());
        String text =
                "5 ASYNC 0f 1 com.acme.Gone\n20261121_093000 ASYNC 0f 1 com.acme.First\n99991231_000000 OFTEN 0f 1 A\n";
        shop.write(text);
        assertThat(shop.findings(List.of(FIRST, SECOND), "-Aasyncmigrations.release=2"))
                .startsWith("error: [UnreadableJournal] JOURNAL:3:17: ")
                .hasLineCount(1);
        assertThat(shop.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "version = 20261121093000L, version = Missing.VERSION",
        "implements, extends Missing implements",
        "'@Override', 'public First(Missing service) {} @Override'",
    })
    void nothingIsReleasedWhereAMigrationNamesWhatIsMissing(String right, String wrong) throws IOException {
        String text = FIRST.getCharContent(false).toString().replace(right, wrong);
        assertThat(shop.release("2.4.0", List.of(SECOND, Samples.source("com.acme.First", text)))
                        .compilation()
                        .status())
                .isEqualTo(Compilation.Status.FAILURE);
        assertThat(shop.journal()).doesNotExist();
    }

    @Test
    void nothingIsReleasedWhereAMigrationComesTooLate() {
        Compiled compiled = shop.compile(
                List.of(new MigrationProcessor(), new LateGenerator(2)),
                List.of(FIRST),
                "-Aasyncmigrations.release=2.4.0");
        assertThat(compiled.diagnostics()).contains("[MigrationTooLate]");
        assertThat(shop.journal()).doesNotExist();
    }

    @Test
    void aRepairIsAcceptedWithTheLineThatTheFindingGives() throws IOException {
        JavaFileObject changed = changed(FIRST);
        shop.release("2.4.0", List.of(FIRST, SECOND)).succeeds();
        String finding = shop.findings(List.of(changed, SECOND));
        assertThat(finding).startsWith("First.java").contains("[ReleasedMigrationChanged]", "replace JOURNAL:1 by");
        shop.write(lineOf(finding) + shop.text().substring(shop.text().indexOf('\n')));
        shop.compile(List.of(changed, SECOND)).succeeds();
    }

    @Test
    void aClassMayBeRenamedAndMoved() throws IOException {
        shop.release("2.4.0", List.of(FIRST)).succeeds();
        shop.compile(List.of(Samples.migration("com.acme.elsewhere.Renamed", 20261121_093000L)))
                .succeeds();
    }

    @Test
    void aClassIsDeletedForGoodWithTheLineThatTheFindingGives() throws Exception {
        shop.release("2.4.0", List.of(FIRST, SECOND)).succeeds();
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
        Files.createDirectories(shop.journal().getParent());
        shop.write("7 async retired \"2\" com.acme.Old\n20261001_000000 AFTER_RELEASE retired 2.3.0 com.acme.Gone\n");
        assertThat(shop.compile(List.of(FIRST)).succeeds().generated("AsyncMigrationRegistry"))
                .contains("""
                                public List<MigrationEntry> retired() {
                                    return List.of(
                                            MigrationEntry.retired(7L, "com.acme.Old", Phase.ASYNC, "\\"2\\""),
                                            MigrationEntry.retired(20261001_000000L, "com.acme.Gone", Phase.AFTER_RELEASE,
                                                    "2.3.0"));
                                }
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 1_001})
    void manyThatAreRetiredAreSpreadOverClasses(int count) throws Exception {
        Files.createDirectories(shop.journal().getParent());
        shop.write(lines(count, "retired"));
        Compiled compiled = shop.compile(List.of(FIRST)).succeeds();
        MigrationCatalog<?> catalog = Loaded.of(compiled).catalog("com.acme.AsyncMigrationRegistry");
        assertThat(catalog.retired())
                .extracting(MigrationEntry::version)
                .isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
    }

    @Test
    void aHundredThousandLinesAreCheckedAndTenAreTold() throws IOException {
        Files.createDirectories(shop.journal().getParent());
        shop.write(lines(100_000, CODE));
        assertThat(shop.findings(List.of(FIRST)).lines())
                .hasSize(11)
                .last()
                .asString()
                .contains("99990 more lines of journal JOURNAL");
    }

    @Test
    void aMigrationOnTheClassPathIsNotMissing() throws Exception {
        shop.release("2.4.0", List.of(FIRST, SECOND)).succeeds();
        Compiled elsewhere = Compiled.with(List.of(), List.of(FIRST), "-proc:none");
        Path classes = Loaded.of(elsewhere).save(directory.resolve("classes"));
        String path = classes + File.pathSeparator + System.getProperty("java.class.path");
        shop.compile(List.of(SECOND), "--class-path", path).succeeds();
        shop.write(shop.text().replace("20261121_093000", "20261121_093001"));
        assertThat(shop.findings(List.of(SECOND), "--class-path", path)).contains("[ReleasedMigrationMissing]");
    }

    @Test
    void aVersionThatTheCompilerCannotReadIsNotSaidToBeMissing() throws IOException {
        shop.release("2.4.0", List.of(FIRST)).succeeds();
        String text = FIRST.getCharContent(false).toString().replace("20261121093000L", "Missing.VERSION");
        assertThat(shop.findings(List.of(Samples.source("com.acme.First", text))))
                .contains("Missing")
                .doesNotContain("[");
    }

    @Test
    void ofTwoMigrationsWithAReleasedVersionOnlyThatIsSaid() throws IOException {
        shop.release("2.4.0", List.of(FIRST)).succeeds();
        JavaFileObject twin = changed(Samples.migration("com.acme.Twin", 20261121_093000L));
        assertThat(shop.findings(List.of(FIRST, twin)).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("[DuplicateVersion]"));
    }

    @Test
    void aCompilerThatHandsOutNoSourceChecksAllButTheCode() throws IOException {
        shop.release("2.4.0", List.of(FIRST)).succeeds();
        shop.compile(List.of(new Sourceless()), List.of(changed(FIRST), SECOND)).succeeds();
        String before = shop.text();
        Compiled release =
                shop.compile(List.of(new Sourceless()), List.of(FIRST, SECOND), "-Aasyncmigrations.release=2.5.0");
        assertThat(release.diagnostics()).contains("[BadOption]").hasLineCount(1);
        assertThat(shop.text()).isEqualTo(before);
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
