package org.asyncmigrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.cli.Shop.Ran;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build and a database say of each other before a deploy. */
class CheckTest {
    private static final String V = "20261121_093000";
    private static final String LATER = "20261124_070000";
    private static final String CATALOG = "META-INF/async-migrations/catalog";
    private static final String FILL = V + " ASYNC f1 com.example.shop.FillOrderCents\n";
    private static final String DROP = LATER + " AFTER_RELEASE f2 com.example.shop.ForgetTokens\n";
    private static final String NEW = "20261201_000000 ASYNC f3 com.example.shop.New\n";
    private static final String GONE = "20260101_000000 ASYNC retired com.example.shop.Gone 2.3.0\n";

    @TempDir
    private Path directory;

    private Shop shop;

    @BeforeEach
    void withAShop() {
        shop = Shop.in(TestDatabase.H2);
        shop.env().put("COLUMNS", "200");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Ran check(String catalog, String... options) throws IOException {
        Path file = directory.resolve(CATALOG);
        Files.createDirectories(file.getParent());
        Files.writeString(file, catalog);
        String[] args = new String[options.length + 2];
        args[0] = "check";
        args[1] = directory.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        return shop.run(args);
    }

    private static void is(Ran ran, int code, String... words) {
        assertThat(ran.out()).as(ran.err()).contains(words);
        assertThat(ran.code()).as(ran.out()).isEqualTo(code);
    }

    @Test
    void whatComesWithTheBuildOrGoesOnIsNotInTheWay() throws Exception {
        Ran ran = check(FILL + DROP + NEW);
        is(ran, 0, V + "  FillOrderCents  async  created", "its gate is closed", "New             async  new");
        assertThat(ran.out()).endsWith("ready: 2 created, 1 new\n");
        shop.worker.untilIdle();
        is(check(FILL + DROP), 0, "ready: 1 done, 1 created");
    }

    @Test
    void whatHasFailedIsInTheWayUnlessTheBuildHasOtherCodeForIt() throws Exception {
        shop.fail();
        Ran ran = check(FILL + DROP);
        is(ran, 1, "not ready: 1 is blocking; 1 failed, 1 created", "async-migrations retry " + V + " --reason");
        is(
                check(FILL.replace("f1", "a7") + DROP),
                0,
                "has failed; this build has other code and will try it",
                "ready: ");
        is(check(FILL.replace("f1", "-") + DROP), 1, "1 is blocking");
    }

    @Test
    void codeThatHasChangedIsTakenUpOrNeverRunsAgain() throws Exception {
        is(check(FILL.replace("f1", "a7") + DROP), 0, "continues with this build's code");
        shop.worker.untilIdle();
        is(
                check(FILL.replace("f1", "a7") + DROP, "--all"),
                0,
                "was done with other code; this build's code never runs");
    }

    @Test
    void whatIsPausedHoldsTheDeploy() throws Exception {
        shop.run("pause", V, "--who", "ana", "--reason", "checkout is slow");
        is(
                check(FILL + DROP),
                3,
                "is paused by ana",
                "checkout is slow",
                "not ready: 1 is blocking; 1 created, paused");
    }

    @Test
    void whatIsRetiredMustHaveRun() throws Exception {
        is(check(GONE + FILL + DROP), 1, "Gone", "missing", "deploy release 2.3.0, let it finish");
        is(check(GONE + FILL + DROP, "--assume-new-database"), 0, "counts as done in a new database");
        String retired = V + " ASYNC retired com.example.shop.FillOrderCents 2.3.0\n";
        is(check(retired + DROP), 4, "this build no longer has its code: deploy release 2.3.0", "not ready: ");
        shop.stop();
        is(check(retired.replace("2.3.0", "-") + DROP), 5, "deploy a release that still has it");
    }

    @Test
    void aBuildWithoutAnAfterReleaseMigrationThatHasBegunIsTooOld() throws Exception {
        is(check(FILL), 0, "is not in this build, which leaves it to instances that have it");
        shop.worker.untilIdle();
        shop.run("open-gate", LATER, "--force", "--who", "ana", "--reason", "x");
        shop.worker.untilIdle();
        is(check(FILL), 1, LATER, "the build is too old for this database", "not ready: 1 is blocking; 2 done");
        is(check(FILL + DROP.replace("f2", "retired").replace("\n", " 2.4.0\n")), 0, "ready: 2 done");
    }

    @Test
    void whatTheCodeRequiresMustBeDoneBefore() throws Exception {
        is(check(FILL + DROP, "--require-done", V), 4, "must be done before this build is deployed");
        is(check(FILL + DROP + NEW, "--require-done", "before-this-build"), 3, "not ready: 2 are blocking");
        is(check(FILL + DROP, "--require-done", V + ",7"), 1, "is neither in this build nor in this database");
        shop.worker.untilIdle();
        is(check(FILL + DROP + NEW, "--require-done", V), 0, "ready: ");
        is(check(FILL + NEW, "--require-done", "before-this-build"), 0, "ready: ");
        is(check(FILL + NEW, "--require-done", "all"), 1, "comes with this build, but must be done first");
    }

    @Test
    void beforeTheFirstDeployNothingIsThere() throws Exception {
        try (Fresh empty = TestDatabase.H2.fresh()) {
            shop.env().put("ASYNC_MIGRATIONS_URL", empty.url());
            is(check(FILL + DROP), 0, "ready: 2 new; no migration is registered in this database yet");
            is(check(""), 0, "ready: neither the build nor the database has migrations");
        }
    }

    @Test
    void programsAreToldEachMigration() throws Exception {
        assertThat(check(FILL + DROP + NEW, "--json").out())
                .startsWith(
                        "{\"ready\":true,\"exitCode\":0,\"sentence\":\"2 created, 1 new\",\"migrations\":[{\"version\":")
                .contains("\"name\":\"com.example.shop.New\",\"phase\":\"async\",\"state\":null,\"paused\":false,"
                        + "\"inBuild\":true,\"retired\":false,\"otherCode\":false,\"exitCode\":0,"
                        + "\"notes\":[]}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {CATALOG, "BOOT-INF/classes/" + CATALOG, "BOOT-INF/lib/m.jar", "WEB-INF/lib/m.jar", "web.war"})
    void aCatalogIsFoundWhereverItIsPacked(String place) throws Exception {
        byte[] packed = (FILL + DROP).getBytes(StandardCharsets.UTF_8);
        packed = place.endsWith(CATALOG) ? packed : zip(CATALOG, packed);
        Path jar = Files.write(directory.resolve("shop.jar"), zip(place, packed));
        is(shop.run("check", jar.toString()), 0, "ready: 2 created");
        is(shop.run("check", directory.toString()), 0, "ready: 2 created");
    }

    @Test
    void whatAModuleSaysOfItsOwnGoesBeforeWhatIsSaidOfIt() throws Exception {
        String included = FILL.replace("f1", "b0").replace("\n", " com.example.shop.AsyncMigrationRegistry\n");
        Path module = Files.write(directory.resolve("m.jar"), zip(CATALOG, FILL.getBytes(StandardCharsets.UTF_8)));
        Ran ran = check(included + DROP, module.toString());
        is(ran, 0, "ready: 2 created");
        assertThat(ran.out()).doesNotContain("this build's code");
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("META-INF/"));
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    20261121_093000 ASYNC f1                            | line 1 of
                    20261121_093000 ASYNC retired com.example.Gone      | line 1 of
                    20261121_093000 - f1 com.example.Fill               | line 1 of
                    9999999999999999999 ASYNC f1 com.example.Fill       | line 1 of
                    20261121_093000 ASYNC f1 a.A;20261121_093000 ASYNC f1 a.B | exists twice, as a.A and as a.B
                    ELF                                                 | is damaged; rebuild all of it
                    """)
    void aDamagedCatalogIsSaid(String catalog, String sentence) throws Exception {
        isUsage(check(catalog.replace(';', '\n') + "\n"), sentence);
        isUsage(check(FILL + NEW.substring(0, NEW.length() - 3)), "line 2 of");
    }

    @Test
    void whatIsNoBuildIsSaid() throws Exception {
        isUsage(shop.run("check", directory.resolve("none.jar").toString()), "there is no ");
        isUsage(shop.run("check", directory.toString()), "there is no " + CATALOG + " in ");
        Path text = Files.writeString(directory.resolve("notes.jar"), "no jar");
        isUsage(shop.run("check", text.toString()), "is neither a jar or a war nor a directory of classes");
        isUsage(shop.run("check", directory.toString()), "notes.jar is neither");
        isUsage(shop.run("check", ""), "the name of the build is empty");
        isUsage(shop.run("check"), "Missing required parameter: 'BUILD'");
        isUsage(shop.run("check", text.toString(), "--require-done", "most"), "'most' is not a version");
        assertThat(shop.run("check", text.toString(), "--verbose").err()).contains("\tat ");
        isUsage(Shop.run(Map.of(), "check", text.toString()), "is neither");
    }

    @Test
    void whatUnpacksItselfForEverIsRefused() throws Exception {
        byte[] deep = zip(CATALOG, FILL.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 30; i++) {
            deep = zip("a.jar", deep);
        }
        Path jar = Files.write(directory.resolve("shop.jar"), deep);
        isUsage(shop.run("check", jar.toString()), "it has jars inside jars, more than 8 deep");
        Files.write(jar, zip(CATALOG, new byte[17 << 20]));
        isUsage(shop.run("check", jar.toString()), "its catalog is larger than 16 MB");
    }

    @Test
    void linksToABuildAreFollowed() throws Exception {
        Path release = Files.createDirectories(directory.resolve("releases/42"));
        Path jar = Files.write(release.resolve("shop.jar"), zip(CATALOG, NEW.getBytes(StandardCharsets.UTF_8)));
        Files.createSymbolicLink(release.resolve("back"), release);
        Files.createSymbolicLink(release.resolve("itself.jar"), release.resolve("itself.jar"));
        Path current = Files.createSymbolicLink(directory.resolve("current"), release);
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Files.createSymbolicLink(lib.resolve("shop.jar"), jar);
        for (Path build : new Path[] {current, lib, release}) {
            assertThat(shop.run("check", build.toString()).out()).contains("20261201_000000");
        }
    }

    private static void isUsage(Ran ran, String sentence) {
        assertThat(ran.err())
                .startsWith("async-migrations: ")
                .contains(sentence)
                .hasLineCount(1)
                .doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(2);
    }
}
