package org.asyncmigrations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Readers of all kinds: without scripts, without a mouse, without eyes, in another zone. Skipped where no browser is installed. */
class ReadersTest {
    private static final long FILL = Pictures.FILL;
    private static final String PAGE = "?migration=20261121_093000";
    private static final Authorizer ALL = (principal, registry, order, version) -> true;

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

    @Test
    void allWorksWithoutScripts() throws Exception {
        try (StateRows rows = Pictures.shop();
                Console console = Console.builder()
                        .registry("shop", rows.operator())
                        .authorizer(ALL)
                        .build();
                ConsoleServer server = ConsoleServer.of(console).start()) {
            Tab tab = browser.open().withoutScripts().go(server.uri().toString());
            assertThat(tab.text(".card")).contains("BackfillEmailLower", "38.2 %", "rows/s");
            assertThat(tab.eval("document.querySelector('#done time').innerText")
                            .asString())
                    .endsWith("UTC");
            tab.go(Tab.address(server, PAGE));
            tab.order("pause", "without scripts");
            assertThat(tab.text("#why")).contains("without scripts");
        }
    }

    @Test
    void timesAreTheReadersOwn() throws Exception {
        try (StateRows rows = Pictures.shop();
                Console console = Console.of(rows.operator());
                ConsoleServer server = ConsoleServer.of(console).start()) {
            var m = StateRows.TABLES.migrations();
            rows.set(Pictures.TRIM, Map.of(m.FINISHED_AT, java.time.LocalDateTime.of(2026, 3, 1, 23, 30)));
            Tab tab = browser.open().zone("Asia/Tokyo").go(server.uri().toString());
            assertThat(tab.text("#done tbody time")).contains("Mar 2, 2026", "8:30");
            assertThat(tab.eval("document.querySelector('#done tbody time').title")
                            .asString())
                    .isEqualTo("2026-03-01 23:30:00 UTC");
        }
    }

    /** The first thing that Tab reaches leads over the navigation; an order can be given without a mouse. */
    @Test
    void theKeyboardIsEnough() throws Exception {
        try (StateRows rows = Pictures.shop();
                Console console = Console.builder()
                        .registry("shop", rows.operator())
                        .authorizer(ALL)
                        .build();
                ConsoleServer server = ConsoleServer.of(console).start()) {
            Tab tab = browser.open().go(server.uri().toString()).go(Tab.address(server, PAGE));
            tab.key("Tab");
            assertThat(tab.eval("document.activeElement.innerText").asString()).isEqualTo("Skip to content");
            tab.key("Enter");
            for (int i = 0; i < 60 && !tab.is("document.activeElement.innerText === 'Pause'"); i++) {
                tab.key("Tab");
                assertThat(tab.eval("getComputedStyle(document.activeElement).outlineStyle")
                                .asString())
                        .isEqualTo("solid");
            }
            tab.key("Enter").key("Tab");
            assertThat(tab.eval("document.activeElement.name").asString()).isEqualTo("reason");
            // What somebody writes outlives the page's own refreshing.
            tab.type("#order-pause textarea", "by key");
            String before = tab.text("#read");
            tab.until("document.getElementById('read').innerText !== '" + before + "'");
            assertThat(tab.eval("document.activeElement.value").asString()).isEqualTo("by key");
            tab.key("Tab").key("Enter").until("document.querySelector('.callout.given')");
            assertThat(Objects.requireNonNull(rows.operator().status().of(FILL)).paused())
                    .isTrue();
        }
    }

    @Test
    void axeFindsNothing() throws Exception {
        String axe;
        try (var in = getClass().getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            axe = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        try (StateRows shop = Pictures.shop();
                StateRows billing = Pictures.billing();
                StateRows empty = StateRows.on(TestDatabase.H2);
                Console console = Console.builder()
                        .registry("shop", shop.operator())
                        .registry("billing", billing.operator())
                        .registry("empty", empty.operator())
                        .authorizer(ALL)
                        .build();
                ConsoleServer server = ConsoleServer.of(console).start()) {
            Tab tab = browser.open().go(server.uri().toString());
            for (String mode : List.of("light", "dark")) {
                for (String query : List.of(
                        "",
                        "?registry=shop",
                        "?registry=shop&migration=20261121_093000",
                        "?registry=billing",
                        "?registry=billing&migration=20261121_093000",
                        "?registry=shop&view=instances",
                        "?registry=shop&view=events",
                        "?registry=empty",
                        "?registry=none")) {
                    for (int width : mode.equals("light") ? new int[] {1280, 360} : new int[] {1280}) {
                        tab.mode(mode).width(width).go(Tab.address(server, query));
                        tab.eval("document.querySelectorAll('details').forEach(one => one.open = true)");
                        tab.eval(axe + ";0");
                        assertThat(tab.eval(
                                                "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | ')).join('\\n'))")
                                        .asString())
                                .as(query + " in " + mode + " at " + width)
                                .isEmpty();
                        assertThat(tab.is("document.documentElement.scrollWidth <= innerWidth"))
                                .as(query + " is no wider than " + width)
                                .isTrue();
                    }
                }
            }
            assertThat(Objects.requireNonNull(shop.operator().status().of(FILL)).state())
                    .isEqualTo(State.PROCESSING);
        }
    }
}
