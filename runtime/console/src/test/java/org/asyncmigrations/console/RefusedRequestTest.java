package org.asyncmigrations.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.console.Requests.body;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console refuses, whatever it is mounted in. */
class RefusedRequestTest {
    private static final long ONE = 20261121_093000L;
    private static final String MIGRATION = "migration=20261121_093000";
    private static final Authorizer ALL = (principal, registry, order, version) -> true;
    private static StateRows rows;

    @BeforeAll
    static void aShop() {
        rows = StateRows.on(TestDatabase.H2).register(MigrationEntry.async(ONE, "com.acme.Fill", By.PENDING_ROWS, "f"));
    }

    @AfterAll
    static void gone() {
        rows.close();
    }

    private static Console console(Authorizer authorizer) {
        return Console.builder()
                .registry("shop", rows.operator())
                .authorizer(authorizer)
                .build();
    }

    private static MigrationStatus status() {
        return Objects.requireNonNull(rows.operator().status().of(ONE));
    }

    private static MigrationEvent newest() {
        return rows.operator().events(EventQuery.latest(1)).get(0);
    }

    /** Go's algorithm: the browser's word first, then Origin against Host, and what sends neither is no browser. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, -, 303",
                "none, -, 303",
                "same-origin, https://anything.example, 303",
                "-, http://ops.example, 303",
                "-, https://OPS.example, 303",
                "-, http://known.example:8080, 303",
                "cross-site, http://known.example:8080, 303",
                "-, -, 303",
                "cross-site, http://ops.example, 403",
                "same-site, -, 403",
                "-, http://evil.example, 403",
                "-, http://ops.example.evil.example, 403",
                "-, http://evil.example/://ops.example, 403",
                "-, http://ops.example:8081, 403",
                "-, null, 403",
            })
    void anOrderOfAnotherSiteIsRefused(String site, String origin, int status) {
        try (Console console = Console.builder()
                .registry("shop", rows.operator())
                .authorizer(ALL)
                .origins(List.of("http://known.example:8080"))
                .build()) {
            Requests ana = Requests.to(console).by("ana").header("Host", "ops.example");
            if (site != null) {
                ana.header("Sec-Fetch-Site", site);
            }
            if (origin != null) {
                ana.header("Origin", origin);
            }
            String order = status().paused() ? "resume" : "pause";
            assertThat(ana.post(MIGRATION + "&order=" + order, "reason", "x").status())
                    .isEqualTo(status);
        } finally {
            rows.operator().as("test").resume(ONE, "over");
        }
    }

    @Test
    void whatIsNoRequestOfOursIsRefused() {
        try (Console console = console(ALL)) {
            Requests ana = Requests.to(console).by("ana");
            assertThat(ana.method("PUT").status()).isEqualTo(405);
            assertThat(ana.method("OPTIONS").status()).isEqualTo(405);
            assertThat(ana.get("q=" + "x".repeat(5_000)).status()).isEqualTo(414);
            assertThat(ana.get("view=../../etc/passwd").status()).isEqualTo(404);
            assertThat(ana.get("asset=../Console.class").status()).isEqualTo(200);
            assertThat(ana.get("asset=../Console.class").headers())
                    .containsEntry("Content-Type", "text/html; charset=utf-8");
            assertThat(ana.get("migration=99999999999999999999").status()).isEqualTo(404);
            assertThat(ana.get("migration=1").status()).isEqualTo(404);
            assertThat(ana.get("view=events&page=-1&%zz=%").status()).isEqualTo(200);
            assertThat(ana.get("view=events&page=999999999").status()).isEqualTo(200);
            assertThat(ana.post("", "reason", "x").status()).isEqualTo(404);
            assertThat(ana.post(MIGRATION + "&order=explode", "reason", "x").status())
                    .isEqualTo(404);
            assertThat(ana.post(MIGRATION + "&order=pause").status()).isEqualTo(400);
            assertThat(ana.post(MIGRATION + "&order=pause", "reason", "x".repeat(501))
                            .status())
                    .isEqualTo(400);
            assertThat(Requests.to(console)
                            .by("a".repeat(300))
                            .post(MIGRATION + "&order=pause", "reason", "x")
                            .status())
                    .isEqualTo(303);
            assertThat(newest().who()).hasSize(120);
            rows.operator().as("test").resume(ONE, "over");
        }
    }

    @Test
    void nobodyGivesMoreOrdersThanAPersonCan() {
        try (Console console = Console.builder()
                .registry("shop", rows.operator())
                .authorizer(ALL)
                .build(() -> Instant.EPOCH)) {
            for (int i = 0; i < 60; i++) {
                Requests.to(console).by("ana").post(MIGRATION + "&order=pause");
            }
            assertThat(Requests.to(console)
                            .by("ana")
                            .post(MIGRATION + "&order=pause", "reason", "x")
                            .status())
                    .isEqualTo(429);
            assertThat(Requests.to(console)
                            .by("bob")
                            .post(MIGRATION + "&order=pause")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void eachAnswerKeepsOtherSitesOut() {
        try (Console console = console(ALL)) {
            for (String query : List.of(
                    "",
                    MIGRATION,
                    "view=events",
                    "view=instances",
                    "registry=none",
                    "asset=console.css",
                    "format=json")) {
                assertThat(Requests.to(console).get(query).headers())
                        .hasEntrySatisfying(
                                "Content-Security-Policy",
                                policy -> assertThat(policy)
                                        .startsWith("default-src 'none'")
                                        .contains("frame-ancestors 'none'", "form-action 'self'")
                                        .doesNotContain("unsafe"))
                        .containsEntry("X-Content-Type-Options", "nosniff")
                        .containsEntry("Referrer-Policy", "same-origin")
                        .containsEntry("Cross-Origin-Resource-Policy", "same-origin");
            }
            String page = body(Requests.to(console).by("ana").get(MIGRATION));
            assertThat(page)
                    .doesNotContainPattern("(href|src|action)=\"(?![?#])")
                    .doesNotContain("style=", "onclick", "<style");
            assertThat(page).contains("<input type=\"hidden\" name=\"_csrf\" value=\"a&quot;b\">");
        }
    }

    /** A database that hangs holds as many threads, and as many connections, as it has readers. */
    @Test
    void fewReadADatabaseAtOnce() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        DataSource hangs = new HikariDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                try {
                    over.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
                throw new SQLException("gone");
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Console console = Console.of(Operator.of(hangs))) {
            List<CompletableFuture<Integer>> readers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> Requests.to(console).get("view=instances").status(), threads))
                    .toList();
            CompletableFuture.anyOf(readers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            over.countDown();
            for (CompletableFuture<Integer> reader : readers) {
                reader.get(60, TimeUnit.SECONDS);
            }
            assertThat(readers.stream().map(CompletableFuture::join)).contains(503, 200);
        } finally {
            threads.shutdownNow();
        }
    }
}
