package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build before has left may be old, damaged or gone: it is used where it holds, and breaks nothing. */
class StaleBuildTest {
    private static final String REGISTRY = "generated/com/acme/AsyncMigrationRegistry.java";

    @TempDir
    Path directory;

    private Project project;

    @BeforeEach
    void buildTwo() {
        project = new Project(directory.resolve("project"))
                .with(Samples.migration("com.acme.First", 20261121_000001L))
                .with(Samples.migration("com.acme.Second", 20261121_000002L));
        assertThat(project.build()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "async-migrations index 2\nend 0\n",
                "async-migrations index 1\n",
                "async-migrations index 1\nend 1\n",
                "async-migrations index 1\ncom.acme.First fingerprint 00000000000000000000000000000000\nend 1",
                "async-migrations index 1\ncom.acme.First fingerprint zero\nend 1\n",
                "async-migrations index 1\ncom.acme.First colour 00000000000000000000000000000000\nend 1\n",
                "async-migrations index 1\r\nend 0\r\n",
                "\0\1\2\3",
            })
    void whereTheIndexCannotBeReadTheOldRegistryNamesTheClasses(String text) throws IOException {
        Files.writeString(project.index(), text);
        assertThat(project.buildOnly("com.acme.Second")).isEmpty();
        assertThat(project.written().get(REGISTRY)).contains("second()", "first()");
        assertThat(project.index())
                .content()
                .containsPattern("First fingerprint -\n")
                .containsPattern("Second fingerprint [0-9a-f]");
    }

    @Test
    void withoutAnIndexTheAnnotatedPackageIsFoundByItsRegistry() throws IOException {
        project.write("com.acme.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme;");
        assertThat(project.build()).isEmpty();
        Files.delete(project.index());
        project.with(Samples.migration("com.acme.other.Third", 20261121_000003L));
        assertThat(project.buildOnly("com.acme.other.Third")).isEmpty();
        assertThat(project.written().get(REGISTRY)).contains("first()", "second()", "third()");
    }

    @Test
    void aReleasedClassThatIsLeftAmongTheClassesAndNotInTheBuildIsMissing() throws IOException {
        Path journal = directory.resolve("journal");
        JournaledModule.empty(journal).release(project.classes(), "--version", "1");
        Files.delete(project.index());
        Files.delete(project.classes().resolve("com/acme/AsyncMigrationRegistry.class"));
        assertThat(project.compile(
                        List.of(new MigrationProcessor()),
                        List.of("com.acme.Second"),
                        "-Aasyncmigrations.journal=" + journal))
                .contains("[ReleasedMigrationMissing]", "com.acme.First");
    }

    @Test
    void anIndexThatIsADirectoryBreaksNothing() throws IOException {
        Files.delete(project.index());
        Files.createDirectories(project.index().resolve("inside"));
        assertThat(project.buildOnly("com.acme.Second")).isEmpty();
        assertThat(project.written().get(REGISTRY)).contains("first()", "second()");
    }

    @Test
    void aClassFileThatIsGoneIsForgottenThoughItsSourceIsThere() throws IOException {
        Files.delete(project.classes().resolve("com/acme/First.class"));
        assertThat(project.buildOnly("com.acme.Second")).isEmpty();
        assertThat(project.written().get(REGISTRY)).doesNotContain("first()");
    }

    @Test
    void aClassThatHasMovedIntoALibraryWithItsNameIsNotThisModulesAnyMore() {
        String nested = Samples.text(Samples.migration("com.acme.Outer", 20261121_000003L))
                .replace("public final class Outer", "public static final class Nested")
                .replaceFirst("(?s)import \\S+;(.*)", "import org.asyncmigrations.*; public class Outer { $1 }");
        project.write("com.acme.Outer", nested);
        assertThat(project.build()).isEmpty();
        assertThat(project.written().get(REGISTRY)).contains("com.acme.First", "com.acme.Outer.Nested");
        project.delete("com.acme.First").delete("com.acme.Outer");
        Project library = new Project(directory.resolve("library"))
                .with(Samples.migration("com.acme.First", 20261121_000001L))
                .write("com.acme.Outer", nested);
        assertThat(library.compile(List.of(), library.classNames(), "-proc:none"))
                .isEmpty();
        assertThat(project.on(library).buildOnly("com.acme.Second")).isEmpty();
        assertThat(project.written()).isEqualTo(project.writtenFromClean());
    }

    @Test
    void aSourceThatTheCompilerReadsByItselfIsNewerThanTheIndex() {
        String text = Samples.text(Samples.migration("com.acme.First", 20261121_000001L));
        project.write("com.acme.First", text.replace("run) {}", "run) { run.dsl(); }"));
        String sources = directory.resolve("project/src").toString();
        String said = project.compile(
                List.of(new MigrationProcessor()),
                List.of("com.acme.Second"),
                "-Xprefer:source",
                "-implicit:class",
                "-sourcepath",
                sources);
        assertThat(said).isEmpty();
        assertThat(project.written()).isEqualTo(project.writtenFromClean());
    }

    @Test
    void aClassFileWhoseSourceIsGoneStays() throws IOException {
        Files.delete(directory.resolve("project/src/com/acme/First.java"));
        assertThat(project.buildOnly("com.acme.Second")).isEmpty();
        assertThat(project.written().get(REGISTRY)).contains("first()");
    }

    @Test
    void aFindingAboutAClassThatIsNotCompiledIsStillSaid() {
        project.with(Samples.migration("com.acme.Third", 20261121_000001L));
        assertThat(project.buildOnly("com.acme.Third").lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("Third.java:5: error: [DuplicateVersion]"))
                .anyMatch(line ->
                        line.startsWith("error: [DuplicateVersion] version 20261121_000001L of com.acme.First"));
    }

    @Test
    void aRegistryOfTheBuildBeforeIsNoService() {
        String text = Samples.text(Samples.migration("com.acme.First", 20261121_000001L));
        project.write("com.acme.First", text.replace("Migration {", "Migration { First(AsyncMigrationRegistry r) {}"));
        assertThat(project.buildOnly("com.acme.First"))
                .startsWith("First.java:7: error: [NotInstantiable] parameter r of migration First may not be of class"
                        + " com.acme.AsyncMigrationRegistry, which is generated from the migrations")
                .isEqualTo(project.build());
    }

    @Test
    void aBuildWithFindingsLeavesTheIndexAsItWas() {
        String before = Project.text(project.index());
        project.with(Samples.migration("com.acme.Third", 20261121_000001L));
        project.buildOnly("com.acme.Third");
        assertThat(project.index()).hasContent(before);
    }

    @Test
    void aSecondPackageIsAFindingThoughOnlyItsClassIsCompiled() {
        project.with(Samples.migration("com.acme.other.Third", 20261121_000003L));
        assertThat(project.buildOnly("com.acme.other.Third"))
                .contains("[NoRegistryPackage]")
                .contains("(com.acme, com.acme.other)")
                .isEqualTo(project.buildOnly("com.acme.other.Third", "com.acme.First")
                        .replace("Third.java:0: ", "Third.java:6: "));
    }

    @Test
    void aWarningThatAClassDoesNotWantIsNotSaidOfItsClassFile() {
        String text = Samples.text("bad/UNSEALED_BATCH/Wanted.java");
        project.write("com.acme.Wanted", text.replace("com.acme.wanted", "com.acme"));
        assertThat(project.buildOnly("com.acme.Wanted")).isEmpty();
        assertThat(project.buildOnly("com.acme.Second")).isEmpty();
        assertThat(project.written()).isEqualTo(project.writtenFromClean());
    }

    @Test
    void aMigrationThatAnotherProcessorGeneratesIsFoundAnewAndNotTwice() {
        assertThat(project.compile(List.of(new LateGenerator(1), new MigrationProcessor()), List.of("com.acme.First")))
                .isEmpty();
        var whole = project.written();
        assertThat(project.compile(List.of(new LateGenerator(1), new MigrationProcessor()), List.of("com.acme.Second")))
                .isEmpty();
        assertThat(project.written()).isEqualTo(whole);
    }

    @Test
    void aMigrationThatIsGeneratedTooLateIsSoThoughItWasKnownBefore() {
        project.compile(List.of(new LateGenerator(1), new MigrationProcessor()), List.of("com.acme.First"));
        assertThat(project.compile(List.of(new MigrationProcessor(), new LateGenerator(2)), List.of("com.acme.Second")))
                .contains("[MigrationTooLate]");
    }
}
