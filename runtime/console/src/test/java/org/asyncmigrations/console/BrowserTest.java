package org.asyncmigrations.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TestCatalog;
import org.asyncmigrations.operator.Operator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages in a real browser. Skipped where none is installed. */
class BrowserTest {
    private static final long FILL = 20261121_093000L;
    private static final String PAGE = "?migration=20261121_093000";
    private static final Authorizer ALL = (principal, registry, order, version) -> true;

    private static final Table<Record> PEOPLE = table(name("people"));
    private static final Field<Long> ID = field(name("people", "id"), SQLDataType.BIGINT);
    private static final Field<String> NAME = field(name("people", "name"), SQLDataType.VARCHAR);
    private static final Field<String> SLUG = field(name("people", "slug"), SQLDataType.VARCHAR);

    private static Chromium browser;

    @BeforeAll
    static void aBrowser() throws Exception {
        browser = Chromium.startOrSkip();
    }

    @AfterAll
    static void gone() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** Fills in slugs; one name has none that the table takes. */
    private static final class FillSlugs implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(PEOPLE, ID);
        }

        @Override
        public Condition pending() {
            return SLUG.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(PEOPLE)
                    .set(SLUG, lower(NAME))
                    .where(batch.rows())
                    .execute();
        }
    }

    /** A back-fill no progress: see it, read why, slow it down, pause, resume, and retry the rows that were set aside. */
    @Test
    void anIncidentIsWalkedThrough() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh();
                Connection holder = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
            fresh.dsl()
                    .execute(
                            "create table people (id bigint primary key, name text, slug text check (slug <> 'nobody'))");
            fresh.dsl().execute("insert into people select x, 'P' || x, null from generate_series(1, 3000) x");
            fresh.dsl().execute("update people set name = 'Nobody' where id = 1500");
            holder.setAutoCommit(false);
            holder.createStatement().execute("select * from people where id = 700 for update");
            try (var registry = new TestCatalog()
                            .with(
                                    MigrationEntry.async(FILL, "com.acme.shop.FillSlugs", By.PENDING_ROWS, "f"),
                                    FillSlugs::new)
                            .on(fresh.dataSource())
                            .threads(1)
                            .maxAttempts(1)
                            .build();
                    Console console = Console.builder()
                            .registry("shop", Operator.of(fresh.dataSource()))
                            .authorizer(ALL)
                            .build();
                    ConsoleServer server = ConsoleServer.of(console).start()) {
                registry.dispatch();
                Tab tab = browser.open().go(server.uri().toString());
                assertThat(tab.eval("location.search").asString()).doesNotContain("token");
                tab.until("document.querySelector('.card .why')?.innerText.includes('held by')");
                tab.click(".card .name").until("document.querySelector('h1')?.innerText === 'FillSlugs'");
                tab.until("document.getElementById('why').innerText.includes('It waits for a lock that is held by')");

                tab.click("#order-tune summary").type("#order-tune input[name=load]", "50");
                tab.type("#order-tune textarea", "leave room").click("#order-tune button");
                tab.until("document.querySelector('.callout.given')");
                assertThat(tab.text("#facts")).contains("50 % of the time");
                tab.order("pause", "who holds the lock?");
                tab.until("document.getElementById('state').innerText === 'paused'");
                assertThat(tab.text("#why")).contains("who holds the lock?");
                holder.rollback();
                tab.order("resume", "nobody any more");

                // From here on the page moves by itself.
                tab.until("document.getElementById('state').innerText === 'failed'");
                tab.until("document.querySelector('#rejects code')?.innerText === '1500'");
                assertThat(tab.text("#rejects")).contains("people_slug_check");
                assertThat(tab.text("#said")).isEqualTo("FillSlugs is failed");
                fresh.dsl().execute("update people set name = 'Somebody' where id = 1500");
                tab.order("retry", "the name is mended");
                tab.until("document.getElementById('state').innerText === 'done'");
                assertThat(registry.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
            }
            assertThat(fresh.dsl().fetchCount(PEOPLE, SLUG.isNull())).isZero();
            assertThat(Operator.of(fresh.dataSource()).events(EventQuery.latest(100)).stream()
                            .filter(event -> event.who().equals(System.getProperty("user.name")))
                            .map(MigrationEvent::event))
                    .containsExactly("tuned", "paused", "resumed", "retried");
        }
    }

    /** What people and databases may write anywhere, and what would run it. */
    private static final List<String> HOSTILE = List.of(
            "<script>window.hit=1</script>",
            "\"><img src=x onerror=window.hit=1>",
            "' onmouseover='window.hit=1' x='",
            "</pre></title><svg onload=window.hit=1>",
            "javascript:window.hit=1",
            "\u202Egnp.exe \u0000\u001b[31m \uD800 ${7*7} {{7*7}}");

    @Test
    void hostileTextStaysText() throws Exception {
        String all = String.join(" ", HOSTILE).replace("\u0000", "").replace("\uD800", "");
        var m = StateRows.TABLES.migrations();
        try (StateRows rows = StateRows.on(TestDatabase.H2)
                        .register(MigrationEntry.async(FILL, "com.acme." + all.substring(0, 160), By.PENDING_ROWS, "f"))
                        .instance(
                                "i",
                                all.substring(0, 100),
                                all.substring(0, 100),
                                StateRows.BUILD,
                                Long.toString(FILL),
                                Duration.ZERO)
                        .set(FILL, Map.of(m.STATE, "failed", m.ERROR, all, m.ROWS_ESTIMATED, 10L, m.THROTTLED, all))
                        .range(FILL, 1, all.substring(0, 100), all, all, all, 1)
                        .reject(FILL, all, all + "\n" + all)
                        .event(FILL, all.substring(0, 30), Duration.ZERO, all.substring(0, 100), all + "\n" + all);
                Console console = Console.builder()
                        .registry(all, rows.operator())
                        .registry("b", rows.operator())
                        .authorizer(ALL)
                        .build();
                ConsoleServer server = ConsoleServer.of(console).start()) {
            rows.operator().as(all.substring(0, 100)).pause(FILL, all);
            Tab tab = browser.open().go(server.uri().toString());
            String registry = "?registry=" + java.net.URLEncoder.encode(all, StandardCharsets.UTF_8);
            String sought = "&q=" + java.net.URLEncoder.encode(HOSTILE.get(1), StandardCharsets.UTF_8);
            for (String query : List.of(
                    "",
                    "?q=" + sought.substring(3),
                    registry,
                    registry + sought,
                    registry + "&view=instances",
                    registry + "&view=events",
                    registry + "&migration=20261121_093000",
                    registry + "&migration=20261121_093000&given=" + sought.substring(3),
                    registry + "&view=" + sought.substring(3),
                    registry + "&migration=20261121_093000&format=json")) {
                tab.go(Tab.address(server, query));
                tab.eval("document.querySelectorAll('details').forEach(one => one.open = true)");
                assertThat(tab.is("window.hit === undefined")).as(query).isTrue();
                assertThat(tab.eval(
                                        "document.querySelectorAll('script:not([src]), main img, main svg:not([role]), [onerror], [onload], [onmouseover]').length")
                                .asInt())
                        .as(query)
                        .isZero();
                assertThat(
                                tab.is(
                                        "[...document.querySelectorAll('a')].every(a => a.protocol === 'http:' && a.host === location.host)"))
                        .as(query)
                        .isTrue();
            }
            tab.go(Tab.address(server, registry + "&migration=20261121_093000"));
            assertThat(tab.text("#error")).contains("<script>window.hit=1</script>");
            assertThat(tab.is("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
        }
    }

    /** Under another path, on another host, without a slash at the end, and with all addresses left as they are. */
    @Test
    void aProxyMayPutItAnywhere() throws Exception {
        try (StateRows rows =
                StateRows.on(TestDatabase.H2).register(MigrationEntry.async(FILL, "a.Fill", By.PENDING_ROWS, "f"))) {
            try (Console console = Console.builder()
                            .registry("shop", rows.operator())
                            .authorizer(ALL)
                            .build();
                    ConsoleServer server = ConsoleServer.of(console).start();
                    Proxy proxy = new Proxy("/ops/shop", server.uri())) {
                for (String path : List.of("/ops/shop", "/ops/shop/")) {
                    Tab tab = browser.open().go("http://localhost:" + proxy.port() + path);
                    assertThat(tab.eval("getComputedStyle(document.querySelector('.top')).display")
                                    .asString())
                            .isEqualTo("flex");
                    tab.click("main a[href*=migration]").until("document.querySelector('h1')?.innerText === 'Fill'");
                    // The browser says that it is the same site, although the Host that arrives is another.
                    tab.order(path.endsWith("/") ? "resume" : "pause", "by way of " + path);
                    assertThat(tab.eval("location.pathname").asString()).isEqualTo(path);
                }
                // Plain HTTP on another host than localhost: browsers say Origin alone, and the proxy has changed the
                // Host.
                Tab tab = browser.open().go("http://ops.test:" + proxy.port() + "/ops/shop" + PAGE);
                tab.click("#order-pause summary")
                        .type("#order-pause textarea", "x")
                        .click("#order-pause button");
                tab.until("document.body.innerText.includes('add the origin to the console')");
            }
            try (Console console = Console.builder()
                            .registry("shop", rows.operator())
                            .authorizer(ALL)
                            .origins(List.of("http://ops.test:1"))
                            .build();
                    ConsoleServer server =
                            ConsoleServer.of(console).hosts("ops.test").start()) {
                Tab tab = browser.open()
                        .go("http://ops.test:" + server.uri().getPort() + "/?"
                                + server.uri().getQuery());
                tab.go("http://ops.test:" + server.uri().getPort() + "/" + PAGE);
                tab.order("pause", "by its own name");
            }
        }
    }

    /** Another site's page that the same browser has open: it can neither order, nor read, nor frame, nor take the console's name. */
    @Test
    void anotherSitesPageGetsNothing() throws Exception {
        try (StateRows rows = StateRows.on(TestDatabase.H2)
                        .register(MigrationEntry.async(FILL, "a.Fill", By.PENDING_ROWS, "f"));
                Console console = Console.builder()
                        .registry("shop", rows.operator())
                        .authorizer(ALL)
                        .build();
                ConsoleServer server = ConsoleServer.of(console).start();
                // Lets everybody in, as a network does that is trusted.
                Proxy open = new Proxy("/", server.uri())) {
            HttpServer evil = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String console1 = "http://localhost:" + open.port() + "/";
            byte[] page = ("<!doctype html><title>evil</title><form method=post action='" + console1 + PAGE
                            + "&order=pause'><input name=reason value=evil></form><iframe src='" + console1
                            + "'></iframe>")
                    .getBytes(StandardCharsets.UTF_8);
            evil.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            evil.start();
            try {
                Tab tab = browser.open()
                        .go("http://evil.test:" + evil.getAddress().getPort() + "/");
                assertThat(tab.is("document.querySelector('iframe').contentDocument === null"))
                        .isTrue();
                String read = "fetch('" + console1 + "?format=json').then(a => a.text()).catch(e => 'refused')";
                assertThat(tab.eval(read).asString()).isEqualTo("refused");
                String blind = "fetch('" + console1 + PAGE
                        + "&order=pause', {method: 'POST', mode: 'no-cors', credentials: 'include', "
                        + "body: new URLSearchParams({reason: 'evil'})}).then(a => a.type).catch(e => 'error')";
                assertThat(tab.eval(blind).asString()).isIn("opaque", "error");
                tab.eval("document.forms[0].submit()");
                tab.until("document.body.innerText.includes('this order comes from another site')");
                // DNS rebinding: its own name leads to this machine.
                tab.go("http://evil.test:" + server.uri().getPort() + "/?"
                        + server.uri().getQuery());
                assertThat(tab.text("body")).contains("the console does not know this host name");
                assertThat(Objects.requireNonNull(rows.operator().status().of(FILL))
                                .paused())
                        .isFalse();
            } finally {
                evil.stop(0);
            }
        }
    }
}
