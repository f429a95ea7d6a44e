package org.asyncmigrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.cli.Shop.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong is one sentence on one line, with the right exit code. */
class BadInputTest {
    private static final String V = "20261121_093000";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    --url=jdbc:postgresql://db/shop --password=x status | a password must not be an argument
                    --url=jdbc:postgresql://db/shop --PASSWORD x status | a password must not be an argument
                    --url=jdbc:postgresql://db/shop?user=a&password=s3cret status | a password must not be in the URL
                    --url=jdbc:h2:mem:x;PASSWORD=s3cret status | a password must not be in the URL
                    --url=jdbc:mysql://ana:s3cret@db/shop status | a password must not be in the URL
                    --url=postgresql://db/shop status | the URL must be a JDBC URL
                    --url=jdbc:oracle:thin:@db status | no driver accepts this URL
                    --url=jdbc:mysql://db/shop status | MySQL's driver is not in this jar
                    status | no database is named; give --url
                    --credentials=nowhere.properties --url=jdbc:h2:mem:x status | the credentials file nowhere.properties cannot be read
                    `` | a verb is missing
                    staus | did you mean
                    show | Missing required parameter: 'MIGRATION'
                    show abc | 'abc' is not a version; write 20261121093000 or 20261121_093000
                    pause 20261121_093000 | Missing required option: '--reason=TEXT'
                    retry --reason=x | MIGRATION
                    wait --timeout=soon | 'soon' is not a duration; write 90s, 30m or 2h
                    status --width=20 --url=jdbc:h2:mem:x | a width of at least 80
                    """)
    void aWrongCommandIsExitCodeTwo(String line, String sentence) {
        Ran ran = Shop.run(Map.of(), line.isEmpty() ? new String[0] : line.split(" "));
        isOneSentence(ran, 2, sentence);
        assertThat(ran.err()).doesNotContain("s3cret");
    }

    @Test
    void aBlankReasonIsRefused() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            isOneSentence(shop.run("pause", V, "--reason", "  "), 2, "the reason must not be blank");
            isOneSentence(
                    shop.run("pause", V, "--reason", "x", "--who", ""),
                    2,
                    "the name of who gives the order is missing");
            assertThat(shop.run("events").out()).doesNotContain("paused");
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsSaidAndNotMade() {
        Map<String, String> env = Map.of("ASYNC_MIGRATIONS_URL", "jdbc:postgresql://localhost:1/shop");
        isOneSentence(Shop.run(env, "status"), 1, "localhost:1");
        isOneSentence(Shop.run(Map.of("ASYNC_MIGRATIONS_URL", "jdbc:h2:mem:nowhere"), "status"), 1, "nowhere");
    }

    @Test
    void missingTablesAreSaid() {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Map<String, String> env =
                    Map.of("ASYNC_MIGRATIONS_URL", fresh.url(), "ASYNC_MIGRATIONS_USER", fresh.user());
            isOneSentence(Shop.run(env, "status"), 1, "no state tables");
        }
    }

    @Test
    void anUnknownMigrationIsSaid() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            for (String verb : new String[] {"show", "rejects", "wait"}) {
                isOneSentence(shop.run(verb, "7"), 1, "there is no migration 7");
            }
            isOneSentence(shop.run("skip", "7", "--reason", "x"), 1, "there is no migration 7");
        }
    }

    @Test
    void anOrderThatTheStateDoesNotAllowIsSaid() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            isOneSentence(shop.run("resume", V, "--reason", "x"), 1, V);
            isOneSentence(shop.run("approve", V, "--reason", "x"), 1, V);
            isOneSentence(shop.run("retry", V, "--reason", "x"), 1, V);
            isOneSentence(shop.run("accept-rejects", V, "--reason", "x"), 1, V);
            isOneSentence(shop.run("run-now", V, "--reason", "x"), 1, V);
            isOneSentence(shop.run("open-gate", V, "--reason", "x"), 1, V);
            Ran json = shop.run("--json", "retry", V, "--reason", "x");
            assertThat(json.out()).contains("\"given\":false").contains("\"why\":\"");
        }
    }

    @Test
    void verboseShowsTheStackTrace() {
        Map<String, String> env = Map.of("ASYNC_MIGRATIONS_URL", "jdbc:h2:mem:nowhere");
        assertThat(Shop.run(env, "status", "--verbose").err()).contains("\tat org.asyncmigrations");
    }

    @Test
    void credentialsComeFromAFile(@TempDir Path directory) throws Exception {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            Path file = Files.writeString(
                    directory.resolve("db.properties"), "user=" + shop.fresh.user() + "\npassword=\n");
            Map<String, String> env =
                    Map.of("ASYNC_MIGRATIONS_USER", "nobody", "ASYNC_MIGRATIONS_URL", shop.fresh.url());
            assertThat(Shop.run(env, "status").code()).isEqualTo(1);
            assertThat(Shop.run(env, "status", "--credentials", file.toString()).code())
                    .isZero();
        }
    }

    @Test
    void textsOfOthersDoNotSteerTheTerminal() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            String reason = "a \u001b[2J b \u009b31m c \u202e d \u0007";
            String shown = shop.run("pause", V, "--reason", reason).out();
            for (String verb : new String[] {"status", "events", "check-queue", "show " + V, "status --json"}) {
                shown += shop.run(verb.split(" ")).out();
            }
            shown += shop.run("wait", "--timeout", "0s").out();
            shop.fresh
                    .dsl()
                    .execute("update \"async_schema_migrations\" set \"state\" = 'failed', \"error\" = ?", reason);
            shown += shop.run("status").out() + shop.run("show", V).out();
            assertThat(shown).contains("a ?[2J b ?31m c ? d").contains("a \\u001b[2J b \\u009b31m c \\u202e d");
            assertThat(shown).doesNotContainPattern("[\\p{Cc}\\u202e&&[^\\n]]");
        }
    }

    @Test
    void aTimeoutOfAgesIsWaited() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            shop.fresh.dsl().execute("update \"async_schema_migrations\" set \"state\" = 'done'");
            assertThat(shop.run("wait", "--timeout", "2562047788015215h").code())
                    .isZero();
        }
    }

    private static void isOneSentence(Ran ran, int code, String sentence) {
        assertThat(ran.err())
                .startsWith("async-migrations: ")
                .contains(sentence)
                .hasLineCount(1)
                .doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).as(ran.err()).isEqualTo(code);
    }
}
