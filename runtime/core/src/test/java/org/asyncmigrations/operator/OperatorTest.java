package org.asyncmigrations.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationEvent.Kind;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.dispatch.TroubleServer;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.MigrationInstances;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.SchemaMigrations;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTables;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator sees and orders on a database whose application runs elsewhere. */
class OperatorTest {
    private static final long ONE = 1;
    private static final long LAST = 2;
    private static final StateTables TABLES = TestTables.all();
    private static final SchemaMigrations<?> M = TABLES.migrations();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true);

    /** Two migrations, the second one after-release, and one live instance that has both. */
    private static Fresh application(TestDatabase database) throws SQLException {
        Fresh fresh = database.fresh();
        application(fresh, TABLES);
        return fresh;
    }

    private static void application(Fresh fresh, StateTables tables) throws SQLException {
        Connections connections = Connections.of(fresh.dataSource());
        StateSchema.install(connections, tables);
        StateStore store = new StateStore(connections, () -> tables, "the instance", event -> {}, () -> Duration.ZERO);
        List<MigrationEntry> entries = List.of(
                MigrationEntry.async(ONE, "a.One", By.PENDING_ROWS, "f"),
                MigrationEntry.afterRelease(LAST, "a.Last", By.TRANSACTION, "f"));
        store.transaction(tx -> {
            MigrationRows.register(tx, entries, "new");
            return null;
        });
        runs(fresh, tables, "new", "1,2");
    }

    private static void runs(Fresh fresh, StateTables tables, String build, String versions) {
        SchemaMigrations<?> t = tables.migrations();
        LocalDateTime now =
                fresh.dsl().select(t.CREATED_AT).from(t).limit(1).fetchSingle().value1();
        var b = tables.builds();
        fresh.dsl()
                .insertInto(b)
                .columns(b.BUILD, b.VERSIONS, b.FIRST_SEEN)
                .values(build, versions, now)
                .execute();
        MigrationInstances<?> i = tables.instances();
        fresh.dsl()
                .insertInto(i)
                .columns(i.INSTANCE, i.HOST, i.APPLICATION, i.BUILD, i.RELEASE_NAME, i.STARTED_AT, i.SEEN_AT)
                .values(build + ":7:0a", build, "shop", build, "2.4", now, now)
                .execute();
    }

    private static <T> void set(Fresh fresh, long version, Field<T> column, T value) {
        fresh.dsl().update(M).set(column, value).where(M.VERSION.eq(version)).execute();
    }

    private static Operator operator(Fresh fresh) {
        return Operator.of(fresh.dataSource());
    }

    private static Orders ana(Fresh fresh) {
        return operator(fresh).as("ana");
    }

    private static State state(Fresh fresh, long version) {
        return operator(fresh).status().of(version).state();
    }

    private static void assertEvent(Fresh fresh, Kind kind, String reason) {
        MigrationEvent event = last(fresh);
        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.who()).isEqualTo("ana");
        assertThat(event.detail()).isEqualTo(reason);
    }

    private static MigrationEvent last(Fresh fresh) {
        return operator(fresh).events(EventQuery.latest(1)).get(0);
    }

    private static void assertRefused(Answer answer, String why) {
        assertThat(answer).isEqualTo(new Answer(false, why));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void fingerprintsAreReadAndThereAreNoneWithoutTables(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database);
                Fresh empty = database.fresh()) {
            assertThat(operator(fresh).fingerprints()).isEqualTo(Map.of(ONE, "f", LAST, "f"));
            assertThat(operator(empty).fingerprints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPauseHoldsUntilItIsResumed(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            assertThat(ana(fresh).pause(ONE, "checkout is slow").given()).isTrue();
            assertEvent(fresh, Kind.PAUSED, "checkout is slow");
            assertThat(operator(fresh).status().of(ONE).waitsFor())
                    .matches("is paused by ana since \\d.*Z: checkout is slow");
            assertRefused(ana(fresh).pause(ONE, "again"), "migration 1 is already paused");
            assertThat(ana(fresh).resume(ONE, "it is night").given()).isTrue();
            assertEvent(fresh, Kind.RESUMED, "it is night");
            assertRefused(ana(fresh).resume(ONE, "again"), "migration 1 is not paused");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatHasFailedIsRetried(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            assertRefused(ana(fresh).retry(ONE, "why not"), "migration 1 has not failed; it is created");
            set(fresh, ONE, M.STATE, "failed");
            assertThat(operator(fresh).status().of(LAST).waitsFor()).isEqualTo("its gate is closed");
            assertThat(ana(fresh).retry(ONE, "the index is there").given()).isTrue();
            assertEvent(fresh, Kind.RETRIED, "the index is there");
            assertThat(state(fresh, ONE)).isEqualTo(State.PENDING);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void allThatHaveFailedAreRetriedAtOnce(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            assertThat(ana(fresh).retryFailed("none has")).isEmpty();
            set(fresh, ONE, M.STATE, "failed");
            set(fresh, LAST, M.STATE, "failed");
            assertThat(ana(fresh).retryFailed("the disk is larger")).containsExactly(ONE, LAST);
            assertEvent(fresh, Kind.RETRIED, "the disk is larger");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aSkippedOneIsDone(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            assertThat(ana(fresh).skip(ONE, "done by hand").given()).isTrue();
            assertEvent(fresh, Kind.SKIPPED, "done by hand");
            assertThat(state(fresh, ONE)).isEqualTo(State.DONE);
            assertRefused(ana(fresh).skip(ONE, "again"), "migration 1 is already done");
            assertRefused(ana(fresh).pause(ONE, "again"), "migration 1 is already done");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void acceptedRejectsLetTheMigrationGoOn(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            assertRefused(ana(fresh).acceptRejects(ONE, "old"), "migration 1 has not failed; it is created");
            set(fresh, ONE, M.STATE, "failed");
            assertRefused(ana(fresh).acceptRejects(ONE, "old"), "migration 1 has no rejects left to accept");
            reject(fresh);
            set(fresh, ONE, M.WALK_KEY, "t (ctid tid)");
            assertThat(ana(fresh).acceptRejects(ONE, "old").why()).contains("cannot be accepted", "position");
            set(fresh, ONE, M.WALK_KEY, "t (id)");
            assertThat(ana(fresh).acceptRejects(ONE, "old").given()).isTrue();
            assertEvent(fresh, Kind.REJECTS_ACCEPTED, "1 reject: old");
            assertThat(operator(fresh).rejects(ONE))
                    .extracting(RejectedRow::accepted)
                    .containsExactly("old");
        }
    }

    private static void reject(Fresh fresh) {
        var r = TABLES.rejects();
        LocalDateTime now = LocalDateTime.of(2026, 11, 21, 9, 30);
        fresh.dsl()
                .insertInto(r)
                .columns(r.VERSION, r.KEY_HASH, r.RUN_ID, r.ROW_KEY, r.ERROR, r.ATTEMPTS, r.CREATED_AT, r.UPDATED_AT)
                .values(ONE, "h", "r", "7", "no", 1, now, now)
                .execute();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatBacksOffIsRunNow(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            String why = "migration 1 is not waiting for its next attempt; it is created";
            assertRefused(ana(fresh).runNow(ONE, "now"), why);
            set(fresh, ONE, M.STATE, "pending");
            set(fresh, ONE, M.STARTED_AT, LocalDateTime.of(2026, 1, 1, 0, 0));
            set(fresh, ONE, M.NEXT_ATTEMPT_AT, LocalDateTime.of(2126, 1, 1, 0, 0));
            assertThat(operator(fresh).status().of(ONE).waitsFor())
                    .isEqualTo("its next attempt is at 2126-01-01T00:00:00Z");
            set(fresh, ONE, M.PAUSED, true);
            assertRefused(ana(fresh).runNow(ONE, "now"), "migration 1 is paused; resume it");
            set(fresh, ONE, M.PAUSED, false);
            assertThat(ana(fresh).runNow(ONE, "the lock is gone").given()).isTrue();
            assertEvent(fresh, Kind.RUN_NOW, "the lock is gone");
            assertThat(operator(fresh).status().of(ONE).now().nextAttemptAt()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aGateIsOpenedIfNoOlderInstanceLivesOrByForce(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            String noGate = "migration 1 has no gate: it is not an after-release migration";
            assertRefused(ana(fresh).openGate(ONE, "now", false), noGate);
            runs(fresh, TABLES, "old", "1");
            String older = "1 of 2 instances still runs a build without 2: old";
            assertRefused(ana(fresh).openGate(LAST, "now", false), older);
            assertThat(ana(fresh).openGate(LAST, "old is a batch job", true).given())
                    .isTrue();
            assertEvent(fresh, Kind.GATE_OPENED, "old is a batch job");
            assertThat(operator(fresh).status().of(LAST).now().gateOpenedAt()).isNotNull();
            assertRefused(ana(fresh).openGate(LAST, "now", true), "migration 2 already has an open gate");
        }
    }

    @Test
    void aGateOfOneThatHasBegunIsNotOpened() throws Exception {
        try (Fresh fresh = application(TestDatabase.H2)) {
            set(fresh, LAST, M.STARTED_AT, LocalDateTime.of(2026, 1, 1, 0, 0));
            assertRefused(ana(fresh).openGate(LAST, "now", true), "migration 2 has already begun");
        }
    }

    @Test
    void aVersionThatIsNotThereIsNamedWithTheSchema() throws Exception {
        try (Fresh fresh = application(TestDatabase.H2)) {
            String why = "there is no migration 20261121_093000 in schema PUBLIC";
            assertRefused(ana(fresh).pause(20261121_093000L, "now"), why);
            assertRefused(ana(fresh).openGate(20261121_093000L, "now", true), why);
        }
    }

    @Test
    void anOrderNeedsANameAndAReason() throws Exception {
        try (Fresh fresh = application(TestDatabase.H2)) {
            assertThatThrownBy(() -> ana(fresh).skip(ONE, " ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ana(fresh).retryFailed("")).hasMessageContaining("an order needs a reason");
            assertThatThrownBy(() -> operator(fresh).as("")).hasMessageContaining("an order needs the operator's name");
            assertThatThrownBy(() -> operator(fresh).as("a".repeat(121))).hasMessageContaining("120");
            assertThat(state(fresh, ONE)).isEqualTo(State.CREATED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void instancesAreSeenWithBuildAndRelease(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            InstanceStatus seen = operator(fresh).instances().get(0);
            assertThat(seen.live()).isTrue();
            assertThat(List.of(seen.id(), seen.host(), seen.application(), seen.build(), seen.release()))
                    .containsExactly("new:7:0a", "new", "shop", "new", "2.4");
            MigrationInstances<?> i = TABLES.instances();
            fresh.dsl().update(i).set(i.LEAVING_AT, i.SEEN_AT).execute();
            assertThat(operator(fresh).instances().get(0).live()).isFalse();
            assertThat(operator(fresh).status().of(ONE).waitsFor()).isEqualTo("no instance is alive");
            assertThat(operator(fresh).status().of(LAST).waitsFor())
                    .isEqualTo("no instance is alive, and its gate is closed");
            assertThat(ana(fresh).openGate(LAST, "none is left", false).given()).isTrue();
            assertThat(operator(fresh).status().of(LAST).waitsFor()).isEqualTo("no instance is alive");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rangesAreSeenWithTheirOwners(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            range(fresh);
            RangeStatus range = operator(fresh).ranges(ONE).get(0);
            assertThat(range.owner()).isEqualTo("worker");
            assertThat(List.of(range.from(), range.cursor(), range.to())).containsExactly("1", "5", "9");
            assertThat(range.rowsDone()).isEqualTo(4);
            var status = operator(fresh).status().of(ONE);
            assertThat(status.now().owners()).containsExactly("worker");
            assertThat(status.now().lastProgressAt()).isEqualTo(range.lastProgressAt());
            assertThat(operator(fresh).ranges(LAST)).isEmpty();
        }
    }

    private static void range(Fresh fresh) {
        var r = TABLES.ranges();
        LocalDateTime later = LocalDateTime.of(2126, 1, 1, 0, 0);
        fresh.dsl()
                .insertInto(r)
                .set(r.VERSION, ONE)
                .set(r.RANGE_NO, 1L)
                .set(r.RUN_ID, "r")
                .set(r.FROM_KEY, "1")
                .set(r.CURSOR, "5")
                .set(r.TO_KEY, "9")
                .set(r.OWNER, "worker")
                .set(r.TOKEN, 1L)
                .set(r.CLAIMED_UNTIL, later)
                .set(r.ATTEMPTS, 1)
                .set(r.BEATS, 1L)
                .set(r.ROWS_DONE, 4L)
                .set(r.ROWS_FOUND, 0L)
                .set(r.KEYS_WALKED, 4L)
                .set(r.UPDATED_AT, later)
                .execute();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoeverFollowsTheEventsMissesNoneThatCommitsLate(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            Operator operator = operator(fresh);
            assertThat(operator.events(EventQuery.latest(9))).hasSize(2).allMatch(e -> e.kind() == Kind.REGISTERED);
            ana(fresh).pause(ONE, "a");
            MigrationEvent paused = last(fresh);
            var e = TABLES.events();
            // The time of writing, which is before the event that was already seen.
            fresh.dsl()
                    .insertInto(e)
                    .columns(e.ID, e.VERSION, e.HAPPENED_AT, e.EVENT, e.WHO)
                    .select(DSL.select(DSL.val("late"), e.VERSION, e.HAPPENED_AT, DSL.val("of tomorrow"), e.WHO)
                            .from(e)
                            .where(e.EVENT.eq("registered"))
                            .and(e.VERSION.eq(LAST)))
                    .execute();
            ana(fresh).resume(ONE, "b");
            List<MigrationEvent> further =
                    operator.events(EventQuery.since(paused.id()).limit(1));
            assertThat(further).extracting(MigrationEvent::id).contains("late", paused.id());
            assertThat(further.get(further.size() - 1).kind()).isEqualTo(Kind.RESUMED);
            assertThat(further).extracting(MigrationEvent::kind).contains(Kind.OTHER);
            assertThat(operator.events(EventQuery.since(paused.at()).of(ONE))).hasSize(2);
            assertThat(operator.events(EventQuery.latest(9).of(LAST))).hasSize(2);
        }
    }

    @Test
    void anEventThatIsNotThereIsSaidSo() throws Exception {
        try (Fresh fresh = application(TestDatabase.H2)) {
            assertThatThrownBy(() -> operator(fresh).events(EventQuery.since("gone")))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageStartingWith("there is no event gone");
        }
    }

    @Test
    void whoMayOnlyReadReads() throws Exception {
        try (Fresh fresh = application(TestDatabase.POSTGRES)) {
            String role = "reader" + Integer.toHexString(fresh.url().hashCode());
            fresh.dsl().execute("create role " + role + " login password 'reads'");
            fresh.dsl().execute("grant select on all tables in schema public to " + role);
            fresh.dsl().execute("alter role " + role + " set default_transaction_read_only = on");
            try {
                DataSource readers = TroubleServer.plain(TestDatabase.POSTGRES, fresh.url(), role, "reads");
                Operator operator = Operator.of(readers);
                assertThat(operator.status().migrations()).hasSize(2);
                assertThat(operator.events(EventQuery.latest(5))).hasSize(2);
                assertThat(operator.instances()).hasSize(1);
                assertThat(operator.ranges(ONE)).isEmpty();
                assertThatThrownBy(() -> operator.as("ana").pause(ONE, "now"))
                        .isInstanceOf(MigrationException.class)
                        .hasMessageStartingWith("the state tables cannot be changed: ")
                        .message()
                        .doesNotContain("\n");
            } finally {
                fresh.dsl().execute("drop owned by " + role);
                fresh.dsl().execute("drop role " + role);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aDatabaseWithoutTablesIsSaidSoAndGetsNone(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            assertThatThrownBy(() -> operator(fresh).status())
                    .isInstanceOf(MigrationException.class)
                    .hasMessageStartingWith("there are no state tables of async-migrations in schema ")
                    .hasMessageContaining("(no async_schema_migrations)");
            assertThatThrownBy(() -> ana(fresh).pause(ONE, "now")).hasMessageStartingWith("there are no state tables");
            assertThat(fresh.dsl().meta().getTables("async_schema_migrations")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTableOfSomebodyElsesIsSaidSo(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl()
                    .createTable(DSL.name("async_schema_migrations"))
                    .column(M.VERSION)
                    .execute();
            assertThatThrownBy(() -> operator(fresh).status())
                    .hasMessageStartingWith("table async_schema_migrations is not a table of async-migrations");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void tablesOfANewerVersionAreReadAndNotChanged(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            fresh.dsl()
                    .alterTable(M)
                    .addColumn(DSL.name("throughput"), M.PASS.getDataType().nullable(true))
                    .execute();
            assertThat(operator(fresh).status().migrations()).hasSize(2);
            assertThatThrownBy(() -> ana(fresh).pause(ONE, "now")).hasMessageContaining("has the column throughput");
            assertThat(operator(fresh).status().of(ONE).paused()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aColumnThatOlderTablesLackIsNamed(TestDatabase database) throws Exception {
        try (Fresh fresh = application(database)) {
            fresh.dsl().alterTable(M).dropColumn(M.THROTTLED).execute();
            assertThatThrownBy(() -> operator(fresh).status())
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("lacks the column throttled; start an instance with this version once");
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedIsSaidSo() {
        DataSource nowhere =
                TroubleServer.plain(TestDatabase.POSTGRES, "jdbc:postgresql://localhost:1/nowhere", "nobody", "");
        assertThatThrownBy(() -> Operator.of(nowhere).status())
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith("the database cannot be reached: ");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theStatementsThatItTellsMakeTheTables(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            for (String sql : operator(fresh).ddl().split(";\n?")) {
                fresh.dsl().execute(sql);
            }
            assertThat(operator(fresh).status().migrations()).isEmpty();
        }
    }

    @Test
    void schemaAndPrefixAreChosen() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl().execute("create schema ops");
            application(fresh, TestTables.all("ops", "shop_"));
            long version = ONE;
            Operator operator =
                    Operator.of(fresh.dataSource()).stateSchema("ops").prefix("shop_");
            assertThat(operator.status().migrations()).hasSize(2);
            assertRefused(operator.as("ana").pause(3, "now"), "there is no migration 3 in schema ops");
            assertThat(operator.as("ana").pause(version, "now").given()).isTrue();
        }
    }

    /** As shown in the guide to operating. */
    @Test
    void whatTheGuideShowsWorks() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            fresh.dsl().createSchema(DSL.name("ops")).execute();
            application(fresh, TestTables.all("ops", "async_"));
            DataSource dataSource = fresh.dataSource();
            long version = ONE;
            Operator operator = Operator.of(dataSource).stateSchema("ops").prefix("async_");
            DispatchStatus status = operator.status();
            List<InstanceStatus> instances = operator.instances();
            List<RangeStatus> ranges = operator.ranges(version);
            List<RejectedRow> rejects = operator.rejects(version);
            List<MigrationEvent> events = operator.events(EventQuery.latest(50).of(version));
            assertThat(status.migrations()).hasSize(2);
            assertThat(instances).hasSize(1);
            assertThat(new ArrayList<Object>(ranges)).isEmpty();
            assertThat(rejects).isEmpty();
            MigrationEvent last = events.get(0);
            List<MigrationEvent> further = operator.events(EventQuery.since(last.id()));
            assertThat(further).contains(last);
            operator.as("bob").pause(version, "by day");
            Answer answer = operator.as("ana").pause(version, "checkout is slow");
            if (!answer.given()) {
                out.println(answer.why());
            }
            assertThat(printed).hasToString("migration 1 is already paused" + System.lineSeparator());
        }
    }
}
