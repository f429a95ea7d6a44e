package org.asyncmigrations.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedProjectIT {
    /** All are generated and compiled; tested and run are that of H2, which needs no server, and with -Darchetype.databases=all the others. */
    private static final boolean ALL = "all".equals(System.getProperty("archetype.databases"));

    private static final String MIGRATIONS = "src/main/java/com/acme/shop/migrations/";

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void withASpace() throws Exception {
        directory = Files.createDirectory(temporary.resolve("with a space"));
    }

    @ParameterizedTest
    @CsvSource({"postgresql, shop-back.end, com.acme.data.orders.live.v2.intern", "mariadb, shop_2, shop"})
    void itCompilesAsItComesOut(String database, String artifactId, String packageName) throws Exception {
        Generated project = Generated.of(directory, database, artifactId, packageName);

        if (ALL) {
            testsAndRuns(project);
        } else {
            assertThat(project.maven(Map.of(), "test-compile").output())
                    .contains("BUILD SUCCESS")
                    .doesNotContain("[WARNING]");
        }
    }

    private static void testsAndRuns(Generated project) throws Exception {
        assertThat(project.maven(Map.of(), "verify", "exec:java").output())
                .contains("BUILD SUCCESS")
                .doesNotContain("[WARNING]", "WARN com.zaxxer")
                .containsPattern("Tests run: [1-9][0-9]*, Failures: 0, Errors: 0, Skipped: 0")
                .containsPattern("20261101_090000 +NormalizeEmails +async +done +9,000 ")
                .containsPattern("20261101_093000 +ForgetOldTokens +after_release +created +.* waits to be told");
    }

    @Test
    void itRunsAsItComesOutAndIsReleasedAndWhatIsWrongAfterwardsIsABuildError() throws Exception {
        Generated project = Generated.of(directory, "h2", "shop", "com.acme.shop");
        assertThat(project.read(".gitignore")).contains("target/");
        assertThat(project.directory().resolve("gitignore")).doesNotExist();
        testsAndRuns(project);

        // All is up to date here: a release compiles nevertheless.
        Maven.Run released =
                project.maven(Map.of("MODE", "after"), "test-compile", "exec:java", "-Dmigrations.release=1.0");

        assertThat(released.output()).containsPattern("20261101_093000 +ForgetOldTokens +after_release +done ");
        assertThat(project.read("src/main/migrations/journal"))
                .containsPattern("20261101_090000 ASYNC [0-9a-f]{32} 1.0 com.acme.shop.migrations.NormalizeEmails\n");

        project.edit(
                MIGRATIONS + "NormalizeEmails.java",
                code -> code.replace("lower(trim(", "lower((").replace("@Idempotent(By.PENDING_ROWS)\n", ""));
        added(project, "Twice", "20261101_093000L");
        added(project, "Late", "20261101_091500L");
        Maven.Run broken = project.maven(Map.of(), "compile");

        assertThat(broken.exit()).isNotZero();
        assertThat(broken.output())
                .contains(
                        "[ReleasedMigrationChanged]",
                        "[MissingIdempotency]",
                        "[DuplicateVersion]",
                        "[OutOfOrderVersion]")
                .doesNotContain("cannot find symbol");
    }

    private static void added(Generated project, String name, String version) throws Exception {
        String code = project.read(MIGRATIONS + "ForgetOldTokens.java")
                .replace("ForgetOldTokens", name)
                .replace("20261101_093000L", version)
                .replace("        after = NormalizeEmails.class,\n", "");
        Files.writeString(project.directory().resolve(MIGRATIONS + name + ".java"), code);
    }

    @Test
    void whatWouldNotBuildIsRefusedWithTheReasonsAndLeavesNothingBehind() throws Exception {
        Path kept = Files.writeString(
                Files.createDirectory(directory.resolve("shop")).resolve("notes.txt"), "mine");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(0));

        Maven.Run refused = Generated.run(
                directory,
                "-DgroupId=com acme",
                "-DartifactId=shop",
                "-Dversion=1/2",
                "-Dpackage=com.acme.new.shop",
                "-DjavaVersion=11",
                "-Ddatabase=oracle");

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output())
                .contains("groupId may not be 'com acme'", "version may not be '1/2'")
                .contains(
                        "package may not be 'com.acme.new.shop': 'new' is a reserved word of Java; give another with -Dpackage=")
                .contains("javaVersion may not be '11'; use 17 or a later one")
                .contains("database may not be 'oracle'; use -Ddatabase=h2, postgresql or mariadb");
        try (var left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(kept);
        }
    }
}
