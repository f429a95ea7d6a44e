package org.asyncmigrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.cli.Shop.Ran;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.TestCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A back-fill that waits for a forgotten lock, handled by somebody who has a database URL and nothing else. */
class IncidentTest {
    private static final long V = 20261121_093000L;
    private static final String VERSION = "20261121_093000";

    /** The session as it went, with what was typed: README's is one of these. */
    private final StringBuilder session = new StringBuilder();

    private final Map<String, String> env = new HashMap<>(Map.of("COLUMNS", "80"));

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aForgottenLockIsFoundAndTheBackfillIsSlowedDownPausedResumedAndDone() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            env.put("ASYNC_MIGRATIONS_URL", fresh.url());
            env.put("ASYNC_MIGRATIONS_USER", fresh.user());
            env.put("ASYNC_MIGRATIONS_PASSWORD", fresh.password());
            fresh.dsl().execute("create table orders (id bigint primary key, total bigint, cents bigint)");
            fresh.dsl().execute("insert into orders select i, i % 1000, null from generate_series(1, 300000) i");
            fresh.dsl().execute("analyze orders");
            try (Connection report = DriverManager.getConnection(
                            fresh.url() + "?ApplicationName=monthly-report", fresh.user(), fresh.password());
                    Statement statement = report.createStatement();
                    Dispatcher shop = shop(fresh)) {
                report.setAutoCommit(false);
                statement.execute("select total from orders where id between 200000 and 200100 for update");
                shop.dispatch();
                until(List.of("held by session", "monthly-report", "for update"), "status");
                order("checkout is slow", "tune", VERSION, "--workers", "1", "--load", "25%");
                order("until the report is over", "pause", VERSION);
                say(3, "check-queue");
                report.rollback();
                order("the report's session was ended", "resume", VERSION);
                order("checkout is fast again", "tune", VERSION, "--reset");
                assertThat(say(0, "wait", VERSION, "--timeout", "2m").err()).doesNotContain("monthly-report");
                say(0, "events", "--version", VERSION);
            }
            assertThat(fresh.dsl().fetchValue("select count(*) from orders where cents = total * 100"))
                    .isEqualTo(300_000L);
        }
        Files.writeString(Path.of("target", "incident.txt"), session);
    }

    private static Dispatcher shop(Fresh fresh) {
        SqlBackfill fill =
                () -> Backfill.of("orders", "id").pending("cents is null").set("cents", "total * 100");
        return new TestCatalog()
                .with(MigrationEntry.async(V, "com.example.shop.FillOrderCents", By.DECLARATION, "f1"), () -> fill)
                .on(fresh.dataSource())
                .application("shop")
                .release("2.4.0")
                .build();
    }

    /** Looks again until all of it is shown. */
    private void until(List<String> parts, String... args) {
        Ran ran = Shop.run(env, args);
        while (!parts.stream().allMatch(ran.out().replaceAll("\\s+", " ")::contains)) {
            ran = Shop.run(env, args);
        }
        write(ran, args);
    }

    private void order(String reason, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--who", "ana", "--reason", reason));
        say(0, all.toArray(String[]::new));
    }

    private Ran say(int code, String... args) {
        Ran ran = Shop.run(env, args);
        write(ran, args);
        assertThat(ran.code()).as("%s", session).isEqualTo(code);
        return ran;
    }

    private void write(Ran ran, String... args) {
        session.append("$ async-migrations");
        for (String arg : args) {
            session.append(arg.contains(" ") ? " \"" + arg + '"' : " " + arg);
        }
        session.append('\n').append(ran.err()).append(ran.out());
    }
}
