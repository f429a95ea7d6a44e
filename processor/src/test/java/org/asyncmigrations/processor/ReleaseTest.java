package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import javax.tools.JavaFileObject;
import org.asyncmigrations.processor.release.ReleaseCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the release step appends, and what it refuses. */
class ReleaseTest {
    private static final JavaFileObject FIRST = Samples.migration("com.acme.First", 20261121_093000L);
    private static final JavaFileObject SECOND = Samples.migration("com.acme.Second", 20261122_093000L);
    private static final String CODE = "4ee6a6ddae90082b215f5c24a74ce7f7";
    private static final String FIRST_LINE = "20261121_093000 ASYNC " + CODE + " 2.4.0 com.acme.First\n";
    private static final String UNPROVEN = "1 the last compile into CLASSES must have ended without an error";

    @TempDir
    private Path directory;

    private JournaledModule shop;

    @BeforeEach
    void aModuleThatHasReleasedNothing() throws IOException {
        shop = JournaledModule.empty(directory.resolve("src/main/migrations/journal"));
    }

    @Test
    void aReleaseAppendsWhatIsNewAndASecondOneNothing() throws IOException {
        assertThat(shop.release("2.4.0", List.of(FIRST)))
                .isEqualTo("0 journal: 1 migration released in 2.4.0\n  + " + FIRST_LINE);
        shop.write("# Ours.\r\n" + shop.text().replace("\n", " \r\n"));
        String before = shop.text();
        assertThat(shop.release("2.5.0", List.of(SECOND, FIRST)))
                .startsWith("0 journal: 1 migration released in 2.5.0");
        String after = before + "20261122_093000 ASYNC " + CODE + " 2.5.0 com.acme.Second\r\n";
        assertThat(shop.text()).isEqualTo(after);
        assertThat(shop.release("2.6.0", List.of(SECOND, FIRST)))
                .isEqualTo("0 journal: all 2 migrations are already released\n");
        assertThat(shop.text()).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version 2.5.0", "--check", "--classes ."})
    void anOptionThatIsGivenTwiceIsMisuse(String option) throws IOException {
        shop.write("");
        String[] twice = ("--version 2.4.0 --check " + option).split(" ");
        assertThat(shop.release(directory, twice))
                .startsWith("2 " + option.split(" ")[0] + " may be given only once")
                .contains("Usage: ");
    }

    @Test
    void aCheckWritesNothingAndSaysWhetherTheJournalIsComplete() throws IOException {
        shop.release("2.4.0", List.of(FIRST));
        assertThat(shop.release(shop.build(List.of(FIRST, SECOND)).classes(), "--check"))
                .startsWith("1 journal: 1 migration not released yet\n  + 20261122_093000 ASYNC ");
        assertThat(shop.text()).isEqualTo(FIRST_LINE);
        assertThat(shop.release(shop.build(List.of(FIRST)).classes(), "--check"))
                .startsWith("0 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Else { int x = ; }",
                "class Else { int x = \"\"; }",
                "class Else { void m() { Missing.call(); } }",
                "class Else { int m() {} }",
                "@org.asyncmigrations.AsyncMigration(version = 0) class Else {}",
                "@org.asyncmigrations.AsyncMigration(version = 7) @org.asyncmigrations.Idempotent("
                        + "org.asyncmigrations.By.TRANSACTION) class Else extends Missing implements org.asyncmigrations.DataMigration {}",
            })
    void nothingIsReleasedOfACompileThatFails(String other) throws IOException {
        JavaFileObject wrong = Samples.source("com.acme.Else", "package com.acme; " + other);
        assertThat(shop.release("2.4.0", List.of(FIRST, wrong))).startsWith("1 ");
        assertThat(shop.text()).isEmpty();
    }

    @Test
    void theProofOfAnEarlierCompileDoesNotOutliveOneThatFails() {
        Project project = project();
        assertThat(project.build()).isEmpty();
        String text = Samples.text(SECOND);
        project.write("com.acme.Second", text.replace("run) {}", "run) { int x = \"\"; }"));
        assertThat(project.buildOnly("com.acme.Second")).contains("incompatible types");
        assertThat(shop.release(project.classes(), "--check")).startsWith(UNPROVEN);
        project.write("com.acme.Second", text);
        assertThat(project.buildOnly("com.acme.First")).isEmpty();
        assertThat(shop.release(project.classes(), "--check"))
                .as("Second has not been compiled since it failed")
                .startsWith(UNPROVEN);
        assertThat(project.build()).isEmpty();
        assertThat(shop.release(project.classes(), "--check")).startsWith("1 journal: 2 migrations not released yet");
    }

    @Test
    void aPartialCompileCarriesTheProofOn() {
        Project project = project();
        assertThat(project.build()).isEmpty();
        project.write("com.acme.Second", Samples.text(SECOND).replace("run) {}", "run) { run.dsl(); }"));
        assertThat(project.buildOnly("com.acme.Second")).isEmpty();
        assertThat(shop.release(project.classes(), "--version", "2.4.0"))
                .startsWith("0 journal: 2 migrations released in 2.4.0");
    }

    @Test
    void aCompileThatReadsNoBodiesIsReleasedOnlyIfThatIsSaid() {
        Project project = project();
        project.compile(List.of(new MigrationProcessor()), project.classNames(), "-proc:only");
        assertThat(shop.release(project.classes(), "--version", "2.4.0")).startsWith(UNPROVEN);
        assertThat(shop.release(project.classes(), "--version", "2.4.0", "--bodies-unread"))
                .startsWith("0 journal: 2 migrations released in 2.4.0");
    }

    @Test
    void whatHasNoFingerprintIsReleasedAsUnreadWhenThatIsAskedFor() throws IOException {
        Project project = project();
        project.compile(List.of(new Sourceless()), project.classNames());
        assertThat(shop.release(project.classes(), "--version", "2.4.0")).startsWith(UNPROVEN);
        assertThat(shop.release(project.classes(), "--version", "2.4.0", "--bodies-unread"))
                .startsWith("0 journal: 2 migrations released in 2.4.0");
        assertThat(shop.text()).startsWith("20261121_093000 ASYNC unread 2.4.0 com.acme.First\n");
        assertThat(shop.findings(List.of(FIRST, SECOND))).isEmpty();
    }

    @Test
    void aCompileThatFailsWithdrawsTheProofOfTheOneBefore() {
        Project project = shop.build(List.of(FIRST));
        project.with(Samples.source("com.acme.Else", "package com.acme; class Else { int x = \"\"; }"));
        assertThat(project.build()).contains("incompatible types");
        assertThat(shop.release(project.classes(), "--version", "1")).startsWith(UNPROVEN);
    }

    @Test
    void classesThatAreCompiledAlongAndNotWrittenNeedNoProof() {
        Project project = new Project(directory)
                .with(Samples.source("com.acme.Helper", "package com.acme; class Helper { static void help() {} }"))
                .with(Samples.source(
                        "com.acme.First", Samples.text(FIRST).replace("run) {}", "run) { Helper.help(); }")));
        assertThat(project.compile(
                        List.of(new MigrationProcessor()),
                        List.of("com.acme.First"),
                        "-implicit:none",
                        "-sourcepath",
                        project.source("com.acme.First")
                                .getParent()
                                .getParent()
                                .getParent()
                                .toString()))
                .isEmpty();
        assertThat(shop.release(project.classes(), "--version", "1")).startsWith("0 ");
    }

    @Test
    void anOptionIsNotTheValueOfTheOneBefore() {
        assertThat(shop.release(directory, "--version", "--check")).startsWith("2 --version must have a value");
    }

    @Test
    void theJournalIsCheckedAgainThoughTheCompileHasNotSeenIt() throws IOException {
        shop.write(
                "5 ASYNC 0f 1 com.acme.Gone\n20261121_093000 ASYNC 0f 1 com.acme.First\n20270101_000000 ASYNC retired 1 Old\n");
        Project project = project();
        assertThat(project.build()).isEmpty();
        assertThat(shop.release(project.classes(), "--version", "2").lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("1 [ReleasedMigrationMissing] JOURNAL:1: version 5 "))
                .anyMatch(line -> line.startsWith("[OutOfOrderVersion] version 20261122_093000L of com.acme.Second"))
                .anyMatch(line -> line.startsWith("[ReleasedMigrationChanged] the code of com.acme.First"));
    }

    @Test
    void whatIsMissingIsNotTakenForNothingToDo() throws IOException {
        Files.createDirectory(directory.resolve("empty"));
        assertThat(shop.release(directory.resolve("empty"), "--version", "2"))
                .startsWith("1 CLASSES/META-INF/async-migrations/catalog must exist; first compile");
        Path compiled = shop.build(List.of(FIRST)).classes();
        Files.delete(shop.journal());
        assertThat(shop.release(compiled, "--version", "2")).startsWith("1 [BadOption] journal JOURNAL must exist ");
        shop.write("once upon a time\n");
        assertThat(shop.release(compiled, "--version", "2")).startsWith("1 [UnreadableJournal] JOURNAL:1:1: ");
    }

    @Test
    void theCatalogHasWhatIsRetiredAndTheReleaseStepLeavesItToTheJournal() throws IOException {
        String gone = "20261001_000000 AFTER_RELEASE retired 2.3.0 com.acme.Gone\n";
        shop.write(gone);
        Path compiled = shop.build(List.of(FIRST)).classes();
        assertThat(compiled.resolve("META-INF/async-migrations/catalog"))
                .content()
                .endsWith("\n20261001_000000 AFTER_RELEASE retired com.acme.Gone 2.3.0\n");
        assertThat(shop.release(compiled, "--version", "2.4.0")).startsWith("0 journal: 1 migration released in 2.4.0");
        assertThat(shop.text()).startsWith(gone).hasLineCount(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'20261121_093000 ASYNC 4ee6', 'line 1 is damaged'",
        "'20261121_093000 ASYNC retired com.acme.First\n', 'line 1 is damaged'",
        "'20261121_093000 ASYNC 4ee6 com.acme.First', 'line 1 is damaged'",
        "'7 ASYNC 4ee6 com.acme.First\n8 LATER 4ee6 A\n', 'line 2 is damaged'",
        "'9999999999999999999 ASYNC 4ee6 com.acme.First\n', 'line 1 is damaged'",
        "'7 ASYNC 4ee6 com.acme.First none\n', 'line 1 is damaged'",
        "'\177ELF\003', 'line 1 is damaged'",
        "'\377', 'it is not UTF-8 text'",
    })
    void aDamagedCatalogIsToldInOneSentence(String text, String reason) throws IOException {
        Path compiled = shop.build(List.of(FIRST)).classes();
        Files.writeString(compiled.resolve("META-INF/async-migrations/catalog"), text, StandardCharsets.ISO_8859_1);
        for (String order : List.of("--bodies-unread", "--accept-changes")) {
            assertThat(shop.release(compiled, "--version", "2", order))
                    .isEqualTo("1 CLASSES/META-INF/async-migrations/catalog must be a readable catalog, but " + reason
                            + "; compile the whole module again\n");
        }
    }

    @Test
    void aDamagedProofProvesNothing() throws IOException {
        Path compiled = shop.build(List.of(FIRST)).classes();
        Path proof = compiled.resolve("META-INF/async-migrations/checked");
        Files.writeString(proof, "once\n", StandardOpenOption.APPEND);
        assertThat(shop.release(compiled, "--check")).startsWith(UNPROVEN);
    }

    @Test
    void noneAndOneAreToldAsSuch() throws IOException {
        Project project = shop.build(List.of(FIRST));
        shop.release(project.classes(), "--version", "1");
        assertThat(shop.release(project.classes(), "--check"))
                .isEqualTo("0 journal: the only migration is already released\n");
        JavaFileObject registryPackage =
                Samples.source("com.acme.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme;");
        shop.write("");
        assertThat(shop.release(shop.build(List.of(registryPackage)).classes(), "--check"))
                .isEqualTo("0 journal: there is no migration to release\n");
    }

    @Test
    void aRenameAcrossTheProjectIsAcceptedWithOneOrder() throws IOException {
        shop.release("2.4.0", List.of(FIRST, SECOND));
        JavaFileObject moved = Samples.migration("com.acme.sales.First", 20261121_093000L);
        JavaFileObject changed =
                Samples.source("com.acme.Second", Samples.text(SECOND).replace("run) {}", "run) { run.dsl(); }"));
        JavaFileObject registryPackage =
                Samples.source("com.acme.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme;");
        List<JavaFileObject> renamed = List.of(registryPackage, moved, changed);
        Path compiled = shop.build(renamed).classes();
        assertThat(shop.findings(renamed)).contains("[ReleasedMigrationChanged]", "release --accept-changes");
        String before = shop.text();
        assertThat(shop.release(compiled, "--accept-changes", "--check")).startsWith("1 journal: 2 migrations changed");
        assertThat(shop.text()).isEqualTo(before);
        assertThat(shop.release(compiled, "--accept-changes"))
                .startsWith("0 journal: 2 migrations accepted as changed; check each line\n  - " + FIRST_LINE + "  + "
                        + FIRST_LINE.replace("acme", "acme.sales"));
        assertThat(shop.text()).startsWith(FIRST_LINE.replace("acme", "acme.sales"));
        Path accepted = shop.build(renamed).classes();
        assertThat(shop.release(accepted, "--accept-changes"))
                .startsWith("0 journal: no released migration has changed");
        assertThat(shop.release(accepted, "--check")).startsWith("0 journal: all 2 migrations are already released");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "publish",
                "release",
                "release|--version",
                "release|--version|",
                "release|--version|2.4 beta",
                "release|--version|2.4\u00A0",
                "release|--version|\uFEFF2",
                "release|--version|2|--force",
            })
    void aWrongCommandLineEndsWith2AndTheUsage(String arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said);
        assertThat(ReleaseCommand.run(err, err, arguments.split("\\|", -1))).isEqualTo(2);
        assertThat(said.toString()).contains("Usage: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.0", "v2.4.0-rc.1+build_7", "#7", "Äpfel", "発売", "🍏"})
    void anyOneWordIsAVersion(String version) throws IOException {
        shop.release(version, List.of(FIRST));
        assertThat(shop.text()).isEqualTo(FIRST_LINE.replace("2.4.0", version));
    }

    private Project project() {
        return new Project(directory.resolve("project")).with(FIRST).with(SECOND);
    }
}
