package org.asyncmigrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.cli.Shop.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each verb shows, and what each order does. */
class VerbsTest {
    private static final String V = "20261121_093000";
    private static final String LATER = "20261124_070000";
    private static final String[] WHY = {"--who", "ana", "--reason", "checkout is \"slow\""};

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anIncidentIsHandledWithTheCommandLineAlone(TestDatabase database) throws Exception {
        try (Shop shop = Shop.in(database)) {
            assertThat(shop.run("status").out())
                    .contains(V, "FillOrderCents", "created", "its gate is closed", "2 created");
            assertThat(ordered(shop, "pause", V).out())
                    .isEqualToIgnoringNewLines("migration " + V + " is paused (ana: checkout is \"slow\")");
            assertThat(shop.run("wait", "--timeout", "0s").code()).isEqualTo(3);
            assertThat(shop.run("check-queue").code()).isEqualTo(3);
            assertThat(ordered(shop, "resume", V).code()).isZero();
            shop.fail();
            Ran wait = shop.run("wait");
            assertThat(wait.code()).isEqualTo(1);
            assertThat(wait.out()).startsWith("failed: migration " + V + " (FillOrderCents) has failed: ");
            assertThat(shop.run("status").out())
                    .contains("async-migrations retry " + V + " --reason", "'rejects'", "'open-gate --reason …'")
                    .doesNotContain("retry()", "assumeNoOlderInstances");
            assertThat(shop.run("show", V, "--json").out()).doesNotContain("retry()", "rejects()");
            assertThat(shop.run("rejects", V).out()).contains("2 ").contains("no");
            assertThat(shop.run("check-queue").out()).startsWith("no progress: migration " + V);
            assertThat(ordered(shop, "accept-rejects", V).out()).contains("continues without its rejects");
            shop.worker.untilIdle();
            assertThat(shop.run("show", V).out())
                    .contains("state      done", "paused", "ana", "checkout is \"slow\"")
                    .contains("rejects    1, 1 of them accepted; async-migrations rejects ");
            assertThat(shop.run("wait", V).code()).isZero();
            everyLineIsJson(shop);
        }
    }

    @Test
    void allThatFailedAreTriedAgainOrOneIsSkipped() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            assertThat(ordered(shop, "retry", "--all-failed").out())
                    .isEqualToIgnoringNewLines("no migration has failed");
            shop.fail();
            assertThat(ordered(shop, "retry", "--all-failed").out()).isEqualToIgnoringNewLines("tried again: " + V);
            shop.worker.untilIdle();
            assertThat(ordered(shop, "retry", V).out()).contains("is tried again");
            assertThat(ordered(shop, "skip", V).out()).contains("counts as done");
            assertThat(shop.run("status", "--all").out()).contains(V);
            assertThat(shop.run("status").out()).doesNotContain(V).contains(LATER);
        }
    }

    @Test
    void aMigrationIsTunedAndTheTuningTakenBack() throws Exception {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            String[] slower = {"tune", V, "--target-batch-time", "50ms", "--workers", "1", "--load", "25%"};
            assertThat(ordered(shop, slower).out())
                    .contains("is worked on with targetBatchTime=PT0.05S workers=1 load=0.25 (ana: ");
            ordered(shop, "tune", V, "--batch-size", "1000");
            assertThat(shop.run("show", V).out())
                    .contains("tuning     targetBatchTime=PT0.05S workers=1 load=0.25 batchSize=1000")
                    .contains("tuned");
            assertThat(shop.run("status", "--json").out())
                    .contains(
                            "\"tuning\":{\"targetBatchTime\":\"PT0.05S\",\"workers\":1,\"load\":0.25,\"batchSize\":1000,");
            isJson(shop.run("status", "--json").out());
            assertThat(ordered(shop, "tune", V, "--reset").out()).contains("uses its builder's settings");
            assertThat(shop.run("show", V).out()).doesNotContain("tuning     ");
        }
    }

    @Test
    void aTuningThatSaysNothingOrNonsenseIsRefused() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            assertThat(shop.run("tune", V, "--reason", "x").code()).isEqualTo(2);
            assertThat(shop.run("tune", V, "--workers", "1", "--reset", "--reason", "x")
                            .code())
                    .isEqualTo(2);
            assertThat(shop.run("tune", V, "--workers", "0", "--reason", "x"))
                    .matches(ran -> ran.code() == 2)
                    .matches(ran -> ran.err().contains("workers must be between 1 and 1,000, but is 0"));
            assertThat(shop.run("tune", V, "--load", "much", "--reason", "x").err())
                    .contains("'much' is not a share; write 25% or 0.25");
        }
    }

    @Test
    void aGateIsOpened() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            shop.worker.untilIdle();
            assertThat(shop.run("wait", "--timeout", "0s").code()).isEqualTo(3);
            assertThat(ordered(shop, "open-gate", LATER, "--force").out()).contains("has an open gate");
            shop.worker.untilIdle();
            assertThat(shop.run("wait").out()).isEqualToIgnoringNewLines("done: 2 done");
            assertThat(shop.run("check-queue").out()).startsWith("ok: 2 done");
        }
    }

    @Test
    void whatWaitsForApprovalOrATimeIsHeldUntilItIsApprovedOrRunNow() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            shop.fresh
                    .dsl()
                    .execute("update \"async_schema_migrations\" set \"paused\" = true, \"pause_cause\" = 'approval',"
                            + " \"next_attempt_at\" = timestamp '2126-01-01 00:00:00' where \"version\" = "
                            + Shop.FILL);
            String approval = "migration " + V + " (FillOrderCents) waits for approval";
            assertThat(shop.run("check-queue").out()).startsWith("no progress: " + approval);
            assertThat(shop.run("status").out()).contains("waits for approval");
            assertThat(shop.run("resume", V, "--reason", "x").err()).contains("waits for approval; approve it");
            assertThat(ordered(shop, "approve", V).out()).contains(V + " is approved (ana: ");
            Ran wait = shop.run("wait", "--timeout", "0s");
            assertThat(wait.code()).isEqualTo(3);
            assertThat(wait.out()).contains("starts at 2126-01-01T00:00:00Z").contains("after its registration");
            assertThat(shop.run("show", V).out()).contains("starts at 2126-01-01T00:00:00Z", "approved");
            assertThat(ordered(shop, "run-now", V).out()).contains("starts its next attempt at once");
            shop.worker.untilIdle();
            assertThat(shop.run("wait", V).code()).isZero();
        }
    }

    @Test
    void withoutALiveInstanceWhatIsLeftIsClosed() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            shop.stop();
            assertThat(shop.run("wait", "--timeout", "0s").code()).isEqualTo(5);
            assertThat(shop.run("check-queue").out())
                    .contains("no instance of the application is alive, and 2 migrations are left");
            assertThat(shop.run("instances").out())
                    .contains("shop", "2.4.0", "closed")
                    .containsPattern(" \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\R");
        }
    }

    @Test
    void aTableFitsItsWidthAndLosesTheMiddleOfNames() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            shop.fresh
                    .dsl()
                    .execute(
                            "update \"async_schema_migrations\" set \"name\" = ?, \"throttled\" = ?",
                            "com.example.BackfillTheNormalizedSpellingOfAllEmailsOfAllCustomersForTheLogIn",
                            "standby is behind ".repeat(20));
            for (int width : new int[] {60, 80, 200}) {
                shop.env().put("COLUMNS", Integer.toString(width));
                String out = shop.run("status").out();
                assertThat(out.lines()).allMatch(line -> line.length() <= Math.max(80, width));
                assertThat(out)
                        .contains(width <= 80 ? "ForTheLogIn  async" : "BackfillTheNormalizedSpellingOfAllEmails");
            }
        }
    }

    @Test
    void aBarIsDrawnOnATerminalAlone() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            shop.fresh
                    .dsl()
                    .execute("update \"async_schema_migrations\" set \"rows_estimated\" = 10, \"keys_walked\" = 4");
            assertThat(shop.run("status").out()).contains("40 %").doesNotContain("[");
            StringWriter out = new StringWriter();
            Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), shop.env(), true);
            assertThat(Main.run(new String[] {"status"}, terminal)).isZero();
            assertThat(out.toString()).contains("40 %  [####------]");
        }
    }

    @Test
    void followWritesEachEventOnce() throws Exception {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            StringWriter out = new StringWriter();
            Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), shop.env(), false);
            Thread follower = new Thread(() -> Main.run(new String[] {"events", "--follow"}, terminal));
            follower.start();
            ordered(shop, "pause", V);
            await(out, "\"paused\"");
            ordered(shop, "resume", V);
            await(out, "\"resumed\"");
            follower.interrupt();
            follower.join();
            assertThat(out.toString()
                            .lines()
                            .filter(line -> line.contains("\"paused\""))
                            .count())
                    .isEqualTo(1);
            for (String line : out.toString().split("\n")) {
                isJson(line);
            }
        }
    }

    @Test
    void watchShowsItAgain() throws Exception {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            StringWriter out = new StringWriter();
            Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), shop.env(), true);
            Thread watcher = new Thread(() -> Main.run(new String[] {"status", "--watch"}, terminal));
            watcher.start();
            await(out, "created");
            ordered(shop, "pause", V);
            await(out, "created, paused");
            watcher.interrupt();
            watcher.join();
            assertThat(out.toString()).contains("\033[H").endsWith("\033[J" + System.lineSeparator());
        }
    }

    @Test
    void theStatementsOfTheTablesAreWritten() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            assertThat(shop.run("ddl").out())
                    .contains("create table")
                    .contains("async_schema_migrations")
                    .contains(";");
        }
    }

    @Test
    void helpAndCompletionNeedNoDatabase() {
        Ran help = Shop.run(Map.of(), "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("check-queue", "Exit codes:", "Examples:");
        assertThat(Shop.run(Map.of(), "pause", "--help").out())
                .contains("--reason=TEXT", "--who=NAME", "--url", "Example:");
        assertThat(Shop.run(Map.of(), "help", "retry").out()).contains("--all-failed");
        assertThat(Shop.run(Map.of(), "completion").out())
                .contains("complete -F", "check-queue", "approve", "--all-failed")
                .containsPattern("(?s)_show\\(\\).{1,500}--url");
        assertThat(Shop.run(Map.of(), "--version").out()).startsWith("async-migrations ");
    }

    @Test
    void eachVerbHasARowInTheReadmeAndAHelpThatFitsTheScreen() throws Exception {
        Terminal terminal = new Terminal(new PrintWriter(System.out), new PrintWriter(System.err), Map.of(), false);
        for (String verb : Root.commandLine(terminal).getSubcommands().keySet()) {
            assertThat(Files.readString(Path.of("README.md"))).containsPattern("\\n\\| `" + verb + "[ `\\[]");
            assertThat(Shop.run(Map.of(), verb, "--help").out())
                    .contains("Example")
                    .satisfies(help -> assertThat(help.lines()).allMatch(line -> line.length() <= 80));
        }
    }

    private static void everyLineIsJson(Shop shop) throws Exception {
        String[][] commands = {
            {"status"},
            {"show", V},
            {"events"},
            {"instances"},
            {"rejects", V},
            {"wait", V},
            {"check-queue"},
            {"ddl"},
            {"skip", LATER, "--who", "ana", "--reason", "tab\tquote\" back\\ line\n \u0001 \u2028 ü \ud83d\ude00"},
            {"retry", "--all-failed", "--reason", "x"}
        };
        for (String[] command : commands) {
            String[] args = Arrays.copyOf(command, command.length + 1);
            args[command.length] = "--json";
            Ran ran = shop.run(args);
            assertThat(ran.out()).as(ran.err()).hasLineCount(1);
            isJson(ran.out());
        }
    }

    /** H2 parses strictly. */
    private static void isJson(String text) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                PreparedStatement statement = connection.prepareStatement("select cast(? as varchar) is json object")) {
            statement.setString(1, text);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getBoolean(1)).as(text).isTrue();
            }
        }
    }

    @Test
    void theStatusShowsHowFastATableIsWalked() {
        try (Shop shop = Shop.in(TestDatabase.H2)) {
            shop.fresh
                    .dsl()
                    .execute("update \"async_schema_migrations\" set \"state\" = 'processing',"
                            + " \"rows_estimated\" = 5000000 where \"phase\" = 'async'");
            shop.fresh
                    .dsl()
                    .execute("insert into \"async_migration_ranges\" (\"version\", \"range_no\", \"run_id\", \"owner\","
                            + " \"token\", \"claimed_until\", \"attempts\", \"beats\", \"rows_done\", \"rows_found\", \"keys_walked\","
                            + " \"updated_at\", \"batch_keys\", \"batch_millis\", \"keys_per_second\") select \"version\", 1, \"run_id\","
                            + " 'web-3', 1, timestamp '2126-01-01 00:00:00', 1, 1, 10, 0, 1000000, \"updated_at\", 4000, 98, 2000"
                            + " from \"async_schema_migrations\" where \"phase\" = 'async'");
            for (String width : new String[] {"80", "200"}) {
                String out = shop.run("status", "--width=" + width).out();
                assertThat(out)
                        .contains(
                                "20 %",
                                "2,000 keys/s, 33 min left, batches of 4,000 keys in 98 ms", "worked on by web-3");
                assertThat(out.lines()).allMatch(line -> line.length() <= Integer.parseInt(width));
            }
            assertThat(shop.run("show", V).out())
                    .contains(
                            "pace       2,000 keys/s, 33 min left", "\n  2,000 keys/s, batches of 4,000 keys in 98 ms");
            assertThat(shop.run("show", V, "--json").out())
                    .contains("\"keysPerSecond\":2000,\"secondsLeft\":2001,\"batchKeys\":4000,\"batchMillis\":98");
        }
    }

    private static Ran ordered(Shop shop, String... order) {
        String[] args = Arrays.copyOf(order, order.length + WHY.length);
        System.arraycopy(WHY, 0, args, order.length, WHY.length);
        Ran ran = shop.run(args);
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran;
    }

    private static void await(StringWriter out, String text) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!out.toString().contains(text)) {
            assertThat(System.nanoTime()).as(out.toString()).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
