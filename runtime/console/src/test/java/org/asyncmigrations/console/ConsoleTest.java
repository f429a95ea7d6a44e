package org.asyncmigrations.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.console.Requests.body;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.asyncmigrations.By;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.operator.Operator;
import org.jooq.Field;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the console answers, whatever it is mounted in. */
class ConsoleTest {
    private static final long ONE = 20261121_093000L;
    private static final String MIGRATION = "migration=20261121_093000";
    private static final Authorizer ALL = (principal, registry, order, version) -> true;
    private static StateRows rows;

    @BeforeAll
    static void aShop() {
        rows = StateRows.on(TestDatabase.H2)
                .register(MigrationEntry.async(ONE, "com.acme.Fill", By.PENDING_ROWS, "f"))
                .instance("i-1", "host", "2.4", StateRows.BUILD, Long.toString(ONE), Duration.ZERO);
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

    private static JsonNode json(ConsoleResponse response) {
        return new JsonMapper().readTree(body(response));
    }

    private static MigrationStatus status() {
        return Objects.requireNonNull(rows.operator().status().of(ONE));
    }

    private static MigrationEvent newest() {
        return rows.operator().events(EventQuery.latest(1)).get(0);
    }

    @Test
    void aConsoleIsReadOnlyUnlessToldOtherwise() {
        try (Console console = Console.of(rows.operator())) {
            assertThat(body(Requests.to(console).by("ana").get(MIGRATION)))
                    .contains("This console is read-only")
                    .doesNotContain("<form method=\"post\"");
            assertThat(Requests.to(console)
                            .by("ana")
                            .post(MIGRATION + "&order=pause", "reason", "now")
                            .status())
                    .isEqualTo(403);
            assertThat(status().paused()).isFalse();
        }
    }

    @Test
    void anOrderBearsItsNameAndItsReason() {
        try (Console console = console(ALL)) {
            ConsoleResponse paused =
                    Requests.to(console).by("ana").post(MIGRATION + "&order=pause", "reason", " checkout is slow ");
            assertThat(paused.status()).isEqualTo(303);
            assertThat(paused.headers()).containsEntry("Location", "?migration=20261121_093000&given=pause");
            assertThat(newest())
                    .extracting(MigrationEvent::who, MigrationEvent::detail)
                    .containsExactly("ana", "checkout is slow");
            assertThat(body(Requests.to(console).by("ana").get(MIGRATION)))
                    .contains("It is paused by ana since", "checkout is slow", "order-resume")
                    .doesNotContain("order-pause\"");

            assertThat(Requests.to(console).by("ana").post(MIGRATION + "&order=pause", "reason", "again"))
                    .satisfies(twice -> assertThat(twice.status()).isEqualTo(409))
                    .satisfies(twice -> assertThat(body(twice)).contains("is already paused"));
            assertThat(Requests.to(console)
                            .by("ana")
                            .post(MIGRATION + "&order=resume", "reason", "fine")
                            .status())
                    .isEqualTo(303);
            assertThat(status().paused()).isFalse();
        }
    }

    @Test
    void aSpeedIsChangedAndTakenBack() {
        try (Console console = console(ALL)) {
            Requests ana = Requests.to(console).by("ana");
            ana.post(
                    MIGRATION + "&order=tune",
                    "reason",
                    "evening",
                    "workers",
                    "2",
                    "load",
                    "25",
                    "batchTime",
                    "",
                    "batchSize",
                    "500");
            assertThat(status().now().tuning().tuning())
                    .isEqualTo(Tuning.workers(2).load(.25).batchSize(500));
            assertThat(body(ana.get(MIGRATION)))
                    .contains("at most 2 workers, 25 % of the time, at most 500 rows a batch");
            assertThat(body(ana.post(MIGRATION + "&order=tune", "reason", "x", "workers", "100000")))
                    .contains("workers must be between 1 and 1,000");
            assertThat(body(ana.post(MIGRATION + "&order=tune", "reason", "x", "load", "1e3")))
                    .contains("load must be a whole number");
            assertThat(body(ana.post(MIGRATION + "&order=tune", "reason", "x"))).contains("at least one number");
            ana.post(MIGRATION + "&order=tune", "reason", "night", "reset", "true");
            assertThat(status().now().tuning().tuning()).isEqualTo(Tuning.none());
        }
    }

    @Test
    void whoMayWhatIsAskedForThePageAndForTheOrder() {
        try (Console console = console((principal, registry, order, version) ->
                principal.equals("ana") && registry.equals("shop") && order == Order.PAUSE && version == ONE)) {
            assertThat(body(Requests.to(console).by("ana").get(MIGRATION)))
                    .contains("order-pause")
                    .doesNotContain("order-skip");
            assertThat(body(Requests.to(console).by("bob").get(MIGRATION)))
                    .contains("You may look, but not give orders");
            assertThat(body(Requests.to(console).get(MIGRATION))).contains("Nobody is signed in");
            for (Requests somebody : List.of(
                    Requests.to(console),
                    Requests.to(console).by("bob"),
                    Requests.to(console).by("ana"))) {
                assertThat(somebody.post(MIGRATION + "&order=skip", "reason", "x")
                                .status())
                        .isEqualTo(403);
            }
            assertThat(status().state().word()).isEqualTo("created");
        }
    }

    @Test
    void aRegistryThatSomebodyMayNotSeeIsNotThere() {
        Authorizer own = new Authorizer() {
            @Override
            public boolean allows(String principal, String registry, Order order, long version) {
                return true;
            }

            @Override
            public boolean sees(String principal, String registry) {
                return registry.startsWith(principal);
            }
        };
        try (Console console = Console.builder()
                .registry("ana's", rows.operator())
                .registry("bob's", rows.operator())
                .registry("bob's other", rows.operator())
                .authorizer(own)
                .build()) {
            assertThat(body(Requests.to(console).by("ana").get("")))
                    .contains("Migrations")
                    .doesNotContain("bob");
            assertThat(Requests.to(console).by("ana").get("registry=bob%27s").status())
                    .isEqualTo(404);
            assertThat(Requests.to(console)
                            .by("ana")
                            .post("registry=bob%27s&" + MIGRATION + "&order=pause", "reason", "x")
                            .status())
                    .isEqualTo(404);
            assertThat(body(Requests.to(console).by("bob").get(""))).contains("Registries", "bob&#39;s other");
        }
    }

    @Test
    void theSameIsThereAsJson() {
        try (Console console = console(ALL)) {
            Requests ana = Requests.to(console).by("ana");
            JsonNode list = json(ana.get("format=json"));
            assertThat(list.at("/migrations/0/name").asString()).isEqualTo("com.acme.Fill");
            JsonNode one = json(Requests.to(console)
                    .by("ana")
                    .header("Accept", "application/json")
                    .get(MIGRATION));
            assertThat(one.at("/migration/state").asString()).isEqualTo("created");
            assertThat(one.at("/orders/0/order").asString()).isEqualTo("tune");
            assertThat(json(ana.get("view=instances&format=json"))
                            .at("/instances/0/live")
                            .asBoolean())
                    .isTrue();
            assertThat(json(ana.get("view=events&format=json")).get("events").size())
                    .isPositive();
            assertThat(json(ana.get("registry=none&format=json")).get("error").asString())
                    .contains("no registry");
            JsonNode refused = json(ana.post(MIGRATION + "&order=resume&format=json", "reason", "x"));
            assertThat(refused.get("given").asBoolean()).isFalse();
            assertThat(refused.get("why").asString()).contains("is not paused");
        }
    }

    @Test
    void whatCannotBeReadIsSaidWithoutAStackTrace() {
        try (Console console = Console.of(Operator.of(new org.h2.jdbcx.JdbcDataSource()))) {
            ConsoleResponse list = Requests.to(console).get("");
            assertThat(body(list)).contains("Not readable now").doesNotContain("\tat ");
            assertThat(Requests.to(console).get(MIGRATION).status()).isEqualTo(503);
        }
        try (var bare = TestDatabase.H2.fresh();
                Console console = Console.of(Operator.of(bare.dataSource()))) {
            assertThat(body(Requests.to(console).get(""))).contains("No state tables yet", "migrations.dispatch();");
        }
    }

    /** Its last batch may still wait for a lock; who paused it, and why, is told first. */
    @Test
    void aPauseIsToldBeforeTheLockThatItsBatchWaitsFor() {
        var m = StateRows.TABLES.migrations();
        try (StateRows held = StateRows.on(TestDatabase.H2)
                        .register(MigrationEntry.async(ONE, "com.acme.Fill", By.PENDING_ROWS, "f"))
                        .instance("i", "shop-1", "1", StateRows.BUILD, Long.toString(ONE), Duration.ZERO);
                Console console = Console.of(held.operator())) {
            held.operator().as("ana").pause(ONE, "who holds the lock?");
            held.set(ONE, Map.of(m.STATE, "processing", m.THROTTLED, "waits for a lock that is held by session 7"));
            assertThat(body(Requests.to(console).get("")))
                    .contains("It is paused by ana since ")
                    .contains(
                            "who holds the lock? Its batch still runs and waits for a lock that is held by session 7");
        }
    }

    @Test
    void onlyTheFirstPageOfManyIsWritten() {
        MigrationEntry[] entries = new MigrationEntry[1_000];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = MigrationEntry.async(i + 1L, "com.acme.Fill" + (i + 1), By.PENDING_ROWS, "f");
        }
        try (StateRows many = StateRows.on(TestDatabase.H2).register(entries);
                Console console = Console.of(many.operator())) {
            var m = StateRows.TABLES.migrations();
            Map<Field<?>, Object> done = Map.of(m.STATE, "done", m.FINISHED_AT, StateRows.now());
            many.database().dsl().update(m).set(done).where(m.VERSION.le(900L)).execute();
            String first = body(Requests.to(console).get(""));
            assertThat(first)
                    .contains(">Fill900<", ">Fill851<", "and 50 more; search to find them", "<b>900</b> done")
                    .doesNotContain(">Fill850<");
            assertThat(body(Requests.to(console).get("page=17")))
                    .contains(">Fill1<", "Page 18", "Newer")
                    .doesNotContain("Older");
            assertThat(body(Requests.to(console).get("q=fill77")))
                    .contains(">Fill77<", ">Fill770<")
                    .doesNotContain(">Fill900<");
            assertThat(body(Requests.to(console).get("q=%3Cscript%3E"))).contains("Nothing found", "&lt;script&gt;");
        }
    }

    /** Two thousand databases, and none is asked for the list of them. */
    @Test
    void registriesAreListedWithoutBeingRead() {
        Map<String, Operator> tenants = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            tenants.put("tenant-" + i, rows.operator());
        }
        try (Console console = Console.builder().registries(() -> tenants).build(() -> Instant.EPOCH)) {
            assertThat(body(Requests.to(console).get("")))
                    .contains("<b>2,000</b> in all", "Page 1", "tenant-1041")
                    .doesNotContain("tenant-1042");
            assertThat(body(Requests.to(console).get("q=tenant-1999")))
                    .contains("tenant-1999")
                    .doesNotContain("tenant-1998");
            assertThat(body(Requests.to(console).get("registry=tenant-7"))).contains("Fill");
            assertThat(body(Requests.to(console).get("q=tenant-7&standing=waiting")))
                    .contains("tenant-7");
        }
        assertThatThrownBy(
                        () -> Console.builder().registry("a", rows.operator()).registry("a", rows.operator()))
                .hasMessageContaining("needs a name that no other registry has");
    }
}
