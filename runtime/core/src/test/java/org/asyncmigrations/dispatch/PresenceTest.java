package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.release.GateKeeper;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.MigrationInstances;
import org.asyncmigrations.state.StateStore;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The row of an instance: written while it runs, whatever else it does, and never in anybody's way. */
class PresenceTest {
    private static TestCatalog build() {
        return new TestCatalog().data(1, run -> {});
    }

    private static int instances(Fresh fresh, Condition which) {
        return fresh.dsl().fetchCount(TestTables.all().instances(), which);
    }

    private static int instances(Fresh fresh) {
        return instances(fresh, DSL.noCondition());
    }

    private static List<String> events(Fresh fresh, long version) {
        var e = TestTables.all().events();
        return fresh.dsl().select(e.EVENT).from(e).where(e.VERSION.eq(version)).fetch(e.EVENT);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anInstanceWithNothingToDoIsWrittenDownBehindItsDispatch(TestDatabase database) throws Exception {
        try (Fleet fleet = new Fleet(database)) {
            fleet.sails(build()).close();
            var i = TestTables.all().instances();
            fleet.fresh().dsl().deleteFrom(i).execute();
            Fleet.Ship steady = fleet.ship(
                            build(),
                            fleet.fresh().dataSource(),
                            builder ->
                                    builder.application("shop").release("2.4.0").beatenByHand(false))
                    .dispatch();
            assertThat(steady.worker.starts()).isZero();
            TroubleBench.awaitUntil(() -> instances(fleet.fresh()) == 1);
            var row = fleet.fresh().dsl().selectFrom(i).fetchSingle();
            assertThat(row.get(i.APPLICATION)).isEqualTo("shop");
            assertThat(row.get(i.RELEASE_NAME)).isEqualTo("2.4.0");
            assertThat(row.get(i.HOST)).isNotBlank();
            assertThat(row.get(i.LEAVING_AT)).isNull();
            steady.close();
            assertThat(instances(fleet.fresh(), i.LEAVING_AT.isNotNull())).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRowThatSomebodyDeletesComesAgainAndOldOnesGo(TestDatabase database) throws Exception {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship ship = fleet.sails(build());
            Fleet.Ship gone = fleet.sails(build());
            gone.freeze();
            fleet.pass(Duration.ofMinutes(11));
            ship.registry.beat();
            assertThat(instances(fleet.fresh()))
                    .as("the silent one is forgotten")
                    .isEqualTo(1);
            fleet.fresh().dsl().deleteFrom(TestTables.all().instances()).execute();
            ship.registry.beat();
            assertThat(instances(fleet.fresh())).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void eventsAreKeptFor90DaysAndThatOneWasSkippedForGood(TestDatabase database) throws Exception {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship ship = fleet.sails(build().data(2, run -> {
                throw new IllegalStateException("not yet");
            }));
            ship.registry.migration(2).skip("nobody needs it");
            fleet.pass(Duration.ofDays(89));
            ship.registry.beat();
            assertThat(events(fleet.fresh(), 1)).contains("registered", "ready", "done");
            fleet.pass(Duration.ofDays(2));
            ship.registry.beat();
            assertThat(events(fleet.fresh(), 1)).isEmpty();
            assertThat(events(fleet.fresh(), 2)).containsExactly("skipped");
        }
    }

    @Test
    void oneThatMayNotTidyUpIsHereAllTheSame() {
        try (Fleet fleet = new Fleet(TestDatabase.POSTGRES)) {
            fleet.sails(build()).close();
            fleet.fresh().dsl().deleteFrom(TestTables.all().instances()).execute();
            fleet.fresh().dsl().execute("drop role if exists untidy");
            fleet.fresh().dsl().execute("create role untidy");
            fleet.fresh().dsl().execute("grant select, insert, update on all tables in schema public to untidy");
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(fleet.fresh().url());
            config.setUsername(fleet.fresh().user());
            config.setConnectionInitSql("set role untidy");
            try (HikariDataSource untidy = new HikariDataSource(config);
                    Fleet.Ship ship = fleet.ship(build(), untidy, UnaryOperator.identity())) {
                ship.dispatch();
                ship.registry.beat();
                assertThat(instances(fleet.fresh())).isEqualTo(1);
                assertThat(fleet.told(0)).doesNotContain("silent");
            }
        }
    }

    @Test
    void twoApplicationsInTheSameTablesAreRefused() throws Exception {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship billing = fleet.sails(
                    build(), builder -> builder.application("billing").release("1"));
            fleet.name("1", "web-9");
            Fleet.Ship shop = fleet.sails(build().data(2, run -> {}), builder -> builder.application("shop"));
            assertThat(shop.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(shop.message())
                    .isEqualTo(
                            "application 'shop' cannot use the state tables with the prefix async_, which application"
                                    + " 'billing' uses (web-9); give one of them another prefix with"
                                    + " @AsyncMigrations(prefix = \"…\"), or, if it is the same application under a new"
                                    + " name, give the builder its old name too: application(\"shop\", \"billing\")");
            assertThat(fleet.told(0)).contains("refused");
            billing.works();
            assertThat(billing.outcome()).isEqualTo(Outcome.DONE);
            billing.close();
            shop.registry.beat();
            shop.works();
            assertThat(shop.outcome()).as("once the other has gone").isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void anApplicationIsRenamedInstanceByInstance() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(build());
            fleet.sails(build(), builder -> builder.application("shop"))
                    .registry
                    .beat();
            Fleet.Ship renamed =
                    fleet.sails(build().data(2, run -> {}), builder -> builder.application("store", "shop"));
            assertThat(renamed.outcome()).isEqualTo(Outcome.DONE);
            assertThat(fleet.told(0)).doesNotContain("refused");
        }
    }

    @Test
    void anInstanceThatCannotSayThatItIsAliveTellsItsListener() {
        boolean[] cut = {false};
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            DataSource network = new StatementCounter(fleet.fresh().dataSource()) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (cut[0]) {
                        throw new SQLNonTransientConnectionException("the network is away", "08001");
                    }
                    return super.getConnection();
                }
            };
            Fleet.Ship ship = fleet.ship(build(), network, UnaryOperator.identity())
                    .dispatch()
                    .works();
            ship.registry.beat();
            cut[0] = true;
            fleet.pass(Duration.ofSeconds(149));
            ship.registry.beat();
            assertThat(fleet.told(0)).doesNotContain("silent");
            fleet.pass(Duration.ofSeconds(1));
            ship.registry.beat();
            ship.registry.beat();
            assertThat(fleet.told(0)).containsOnlyOnce("silent");
            assertThat(fleet.said("silent"))
                    .isEqualTo("this instance could not send its heartbeat for 150 s; after 300 s, other instances"
                            + " consider it gone, and gates may open while it runs: the network is away");
            cut[0] = false;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void oneThatCanReadAndNotWriteSaysSoAndRuns(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            fleet.sails(build()).close();
            try (HikariDataSource reader = reader(fleet.fresh(), database);
                    Fleet.Ship ship = fleet.ship(build(), reader, UnaryOperator.identity())) {
                ship.dispatch();
                assertThat(ship.outcome()).isEqualTo(Outcome.DONE);
                ship.registry.beat();
                assertThat(fleet.told(0)).containsOnlyOnce("silent");
                assertThat(fleet.said("silent"))
                        .startsWith("this instance can read but not write, so gates do not see it: ");
            }
        }
    }

    /** A user who can't write, or a server that accepts no changes. */
    private static HikariDataSource reader(Fresh fresh, TestDatabase database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(fresh.url());
        config.setUsername(fresh.user());
        config.setPassword("");
        config.setMaximumPoolSize(2);
        if (database == TestDatabase.POSTGRES) {
            fresh.dsl().execute("drop role if exists reader");
            fresh.dsl().execute("create role reader");
            fresh.dsl().execute("grant select on all tables in schema public to reader");
            config.setConnectionInitSql("set role reader");
        } else {
            config.setConnectionInitSql("set session transaction read only");
        }
        return new HikariDataSource(config);
    }

    @Test
    void aClockThatJumpsOpensNoGateBesideAnOlderInstance() {
        Duration settle = Duration.ofSeconds(30);
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship old = fleet.sails(build());
            Fleet.Ship young = fleet.sails(build().afterRelease(2, run -> {}));
            fleet.pass(Duration.ofHours(1));
            young.registry.beat();
            young.works();
            assertThat(young.message())
                    .as("nobody else has been heard of since")
                    .contains("opens when");
            old.registry.beat();
            fleet.pass(settle);
            young.works();
            assertThat(young.message()).contains("1 of 2 instances still runs");
            fleet.pass(Duration.ofHours(-2));
            young.works();
            fleet.pass(settle);
            young.works();
            assertThat(young.message()).contains("1 of 2 instances still runs");
        }
    }

    /** A suspended host, or a clock that is set: at once everybody seems silent, also who sends only one heartbeat a minute. */
    @Test
    void aJumpOfTheDatabasesClockAloneKeepsGatesClosedUntilAllHaveSentAHeartbeat() throws SQLException {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship old = fleet.sails(build());
            TestCatalog newer = build().afterRelease(2, run -> {});
            Fleet.Ship young = fleet.sails(newer);
            Duration[] passed = {Duration.ZERO};
            GateKeeper keeper = keeper(fleet, passed);
            List<MigrationEntry> closed = newer.entries().stream()
                    .filter(entry -> entry.version() == 2)
                    .toList();
            assertThat(keeper.opens(closed)).isFalse();
            assertThat(keeper.reason(2)).contains("1 of 2 instances still runs");
            fleet.pass(Duration.ofMinutes(10));
            for (int seconds = 0; seconds < 55; seconds += 5) {
                passed[0] = passed[0].plusSeconds(5);
                young.registry.beat();
                assertThat(keeper.opens(closed)).isFalse();
                assertThat(keeper.reason(2)).endsWith("for 2m, since the database's clock has jumped");
            }
            old.registry.beat();
            passed[0] = passed[0].plusSeconds(5);
            assertThat(keeper.opens(closed)).isFalse();
            assertThat(keeper.reason(2)).contains("1 of 2 instances still runs");
            old.close();
            fleet.pass(Duration.ofSeconds(59));
            passed[0] = passed[0].plusSeconds(59);
            young.registry.beat();
            assertThat(keeper.opens(closed)).isFalse();
            passed[0] = passed[0].plusSeconds(30);
            assertThat(keeper.opens(closed)).isTrue();
        }
    }

    /** A keeper of the newest build whose stop watch doesn't follow the fleet's clock. */
    private static GateKeeper keeper(Fleet fleet, Duration[] passed) {
        MigrationInstances<?> i = TestTables.all().instances();
        String build = Objects.requireNonNull(fleet.fresh()
                .dsl()
                .select(i.BUILD)
                .from(i)
                .orderBy(i.STARTED_AT.desc())
                .limit(1)
                .fetchOne(i.BUILD));
        StateStore store = new StateStore(
                Connections.of(fleet.fresh().dataSource()), TestTables::all, "keeper", event -> {}, fleet::later);
        Duration settle = Duration.ofSeconds(30);
        return new GateKeeper(
                store, new GateKeeper.Terms(List.of(), settle, settle, true), build, () -> passed[0].toNanos());
    }
}
