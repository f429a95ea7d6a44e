package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationStatus.Pace;
import org.asyncmigrations.Mode;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.ManualWorker;
import org.asyncmigrations.dispatch.TestCatalog;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.dispatch.TroubleServer;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StatusRows;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * State tables as a release of 2026-11-22 created them, with rows in every state. An instance of this version continues with them,
 * next to one that sends the old release's statements, with and without the right to add columns.
 */
class UpgradeTest {
    private static final long DONE = 1;
    private static final long WALKED = 2;
    private static final long FAILED = 3;
    private static final long PENDING = 4;
    private static final long CREATED = 5;
    private static final long GATED = 6;
    private static final String PASSWORD = "minimal";

    /**
     * Half of the table is handed out as range 1, a part of which an old instance still has to do. No one has the rows after the
     * frontier.
     */
    private static final int ROWS = 2_000;

    private static final int CURSOR = 400;
    private static final int FRONTIER = 1_000;

    private final ManualWorker worker = new ManualWorker();

    private static String quoted(TestDatabase kind, String sql) {
        return kind == TestDatabase.MARIADB ? sql.replace('"', '`') : sql;
    }

    private static int run(TestDatabase kind, Fresh fresh, String sql) {
        return fresh.dsl().execute(quoted(kind, sql));
    }

    private static void tables(TestDatabase kind, Fresh fresh) throws Exception {
        String name = "tables-2026-11-22-" + kind.name().toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream text = Objects.requireNonNull(UpgradeTest.class.getResourceAsStream(name))) {
            for (String sql : new String(text.readAllBytes(), StandardCharsets.UTF_8).split(";\n")) {
                fresh.dsl().execute(sql);
            }
        }
    }

    /** Creates a database in the state in which that release has left it. */
    private static void left(TestDatabase kind, Fresh fresh) throws Exception {
        tables(kind, fresh);
        fresh.dsl().execute("create table walked (id int primary key, v int, changes int)");
        IntStream.rangeClosed(1, ROWS)
                .forEach(id -> fresh.dsl()
                        .execute(
                                "insert into walked values (?, ?, ?)",
                                id,
                                id <= CURSOR ? 1 : null,
                                id <= CURSOR ? 1 : 0));
        row(kind, fresh, DONE, "done", "async", 0);
        row(kind, fresh, WALKED, "processing", "async", FRONTIER);
        row(kind, fresh, FAILED, "failed", "async", 0);
        row(kind, fresh, PENDING, "pending", "async", 0);
        row(kind, fresh, CREATED, "created", "async", 0);
        row(kind, fresh, GATED, "created", "after_release", 0);
        run(
                kind,
                fresh,
                "update \"async_schema_migrations\" set \"walk_key\" = '"
                        + (kind == TestDatabase.H2 ? "WALKED (ID integer)" : "walked (id integer)")
                        + "', \"frontier\" = '" + FRONTIER
                        + "', \"range_ends\" = '" + FRONTIER
                        + "', \"next_range\" = 2, \"ranges_open\" = 1 where \"version\" = " + WALKED);
    }

    private static void row(TestDatabase kind, Fresh fresh, long version, String state, String phase, int rows) {
        run(
                kind,
                fresh,
                "insert into \"async_schema_migrations\" (\"version\", \"name\", \"phase\", \"direction\", \"state\","
                        + " \"paused\", \"attempts\", \"rows_done\", \"rows_estimated\", \"fingerprint\", \"fingerprint_build\", \"run_id\","
                        + " \"token\", \"frontier_at_end\", \"next_range\", \"pass\", \"pass_found\", \"keys_walked\", \"batch_size\","
                        + " \"created_at\", \"updated_at\") values (" + version + ", 'test.M" + version + "', '" + phase
                        + "', 'up', '"
                        + state + "', false, 0, 0, " + rows + ", 'f" + version + "', 'old', 'run" + version
                        + "', 1, false, 1, 1, 0, 0, 0, timestamp '2026-11-22 10:00:00', timestamp '2026-11-22 10:00:00')");
    }

    /** What an old instance writes when it claims a range. */
    private static void takesRange(TestDatabase kind, Fresh fresh) {
        run(
                kind,
                fresh,
                "insert into \"async_migration_ranges\" (\"version\", \"range_no\", \"run_id\", \"to_key\", \"cursor\","
                        + " \"owner\", \"token\", \"claimed_until\", \"attempts\", \"beats\", \"rows_done\", \"rows_found\", \"keys_walked\","
                        + " \"updated_at\") values (" + WALKED + ", 1, 'run2', '" + FRONTIER + "', '" + CURSOR
                        + "', 'old:1:a', 1, timestamp '2126-01-01 00:00:00', 1, 4, " + CURSOR + ", 0, " + CURSOR
                        + ", timestamp '2026-11-22 10:00:00')");
    }

    /** What an old instance writes when it commits the rest of its range and folds it. */
    private static void endsRange(TestDatabase kind, Fresh fresh) {
        fresh.dsl()
                .execute("update walked set v = 1, changes = changes + 1 where id > " + CURSOR + " and id <= "
                        + FRONTIER);
        assertThat(run(
                        kind,
                        fresh,
                        "update \"async_migration_ranges\" set \"cursor\" = '" + FRONTIER
                                + "', \"rows_done\" = \"rows_done\" + 600, \"rows_found\" = \"rows_found\" + 0, \"keys_walked\" ="
                                + " \"keys_walked\" + 600, \"beats\" = \"beats\" + 1, \"attempts\" = 1 where \"version\" = 2 and \"range_no\" = 1"
                                + " and \"owner\" = 'old:1:a' and \"token\" = 1"))
                .isEqualTo(1);
        run(
                kind,
                fresh,
                "update \"async_schema_migrations\" set \"rows_done\" = \"rows_done\" + " + FRONTIER
                        + ", \"keys_walked\" = \"keys_walked\" + " + FRONTIER
                        + ", \"ranges_open\" = \"ranges_open\" - 1, \"attempts\" = 0"
                        + " where \"version\" = 2");
        run(
                kind,
                fresh,
                "delete from \"async_migration_ranges\" where \"version\" = 2 and \"range_no\" = 1 and \"token\" = 1");
    }

    /** What an old instance writes when it arrives, and at each heartbeat. */
    private static void arrives(TestDatabase kind, Fresh fresh) {
        run(
                kind,
                fresh,
                "insert into \"async_migration_builds\" (\"build\", \"versions\", \"first_seen\") values"
                        + " ('old', '1,2,3,4,5', timestamp '2026-11-22 10:00:00')");
        run(
                kind,
                fresh,
                "insert into \"async_migration_instances\" (\"instance\", \"host\", \"application\", \"build\","
                        + " \"release_name\", \"started_at\", \"seen_at\") values ('old:1:a', 'old', '', 'old', '',"
                        + " timestamp '2026-11-22 10:00:00', timestamp '2126-01-01 00:00:00')");
        run(
                kind,
                fresh,
                "insert into \"async_migration_rejects\" (\"version\", \"key_hash\", \"run_id\", \"row_key\", \"error\","
                        + " \"attempts\", \"created_at\", \"updated_at\") values (3, 'h', 'run3', '7', 'no', 1,"
                        + " timestamp '2026-11-22 10:00:00', timestamp '2026-11-22 10:00:00')");
    }

    private static TestCatalog build() {
        SqlBackfill fill = () ->
                Backfill.of("walked", "id").pending("v is null").set("v", "1").set("changes", "changes + 1");
        TestCatalog catalog = new TestCatalog().data(DONE, run -> {
            throw new AssertionError("done is done");
        });
        catalog.with(MigrationEntry.async(WALKED, "test.M2", By.DECLARATION, "f2"), () -> fill);
        return catalog.data(FAILED, run -> {})
                .data(PENDING, run -> {})
                .data(CREATED, run -> {})
                .afterRelease(GATED, run -> {});
    }

    private static List<RangeStatus> ranges(DataSource source) {
        return Operator.of(source).ranges(WALKED);
    }

    /** The new version and the old instance share a walk; then the queue runs to its end. */
    private void worksBesideAnOldInstance(TestDatabase kind, Fresh fresh, DataSource source, boolean hasColumns) {
        takesRange(kind, fresh);
        arrives(kind, fresh);
        Pace[] seen = new Pace[1];
        DispatchListener looking = new DispatchListener() {
            @Override
            public void onEvent(MigrationEvent event) {}

            @Override
            public void onBatch(BatchEvent batch) {
                seen[0] = Operator.of(source).status().of(WALKED).now().pace();
            }
        };
        try (Dispatcher registry =
                build().on(source).worker(worker).listener(looking).build()) {
            Dispatch dispatch = registry.dispatch(Mode.AFTER);
            worker.untilIdle();
            assertThat(seen[0].rate() != null).isEqualTo(hasColumns);
            assertThat(ranges(source)).extracting(RangeStatus::owner).containsExactly("old:1:a");
            assertThat(ranges(source).get(0).rate()).isNull();
            endsRange(kind, fresh);
            worker.untilIdle();
            assertThat(dispatch.message()).contains("migration 3 (M3) has failed");
            assertThat(registry.migration(FAILED).rejects()).hasSize(1);
            if (!hasColumns) {
                assertThatThrownBy(() -> registry.migration(FAILED).acceptRejects("old"))
                        .isInstanceOf(MigrationException.class)
                        .hasMessageContaining("lacks the column accepted_because");
            }
            assertThat(registry.migration(FAILED).retry()).isTrue();
            registry.dispatch(Mode.AFTER);
            worker.untilIdle();
            assertThat(registry.status().migrations()).allMatch(one -> one.state() == State.DONE);
            assertThat(dispatch.outcome()).isEqualTo(Outcome.DONE);
            assertThat(registry.status().of(WALKED).progress().rowsDone()).isEqualTo(ROWS);
        }
        assertThat(fresh.dsl()
                        .fetchOne("select count(*) from walked where changes <> 1")
                        .get(0, Integer.class))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theTablesAreCompletedAndTheWorkGoesOnBesideAnOldInstance(TestDatabase kind) throws Exception {
        try (Fresh fresh = kind.fresh()) {
            left(kind, fresh);
            worksBesideAnOldInstance(kind, fresh, fresh.dataSource(), true);
        }
    }

    /** A database with an owner, and a user who has only the rights that the page lists. */
    private record Minimal(Fresh fresh, DataSource source, Runnable dropping) implements AutoCloseable {
        static Minimal of(TestDatabase kind) throws Exception {
            return switch (kind) {
                case H2 -> inOneServer(kind, "create user \"%s\" password '" + PASSWORD + "'", "drop user \"%s\"");
                case POSTGRES ->
                    inOneServer(
                            kind,
                            "create role \"%s\" login password '" + PASSWORD + "'",
                            "drop owned by \"%1$s\"; drop role \"%1$s\"");
                case MARIADB -> onMariaDb();
            };
        }

        private static Minimal inOneServer(TestDatabase kind, String creation, String dropping) throws Exception {
            Fresh fresh = kind.fresh();
            String role = "upgrade" + Integer.toHexString(fresh.url().hashCode());
            left(kind, fresh);
            fresh.dsl().execute(String.format(creation, role));
            grant(fresh, '"', "\"" + role + "\"");
            DataSource source = TroubleServer.plain(kind, fresh.url().replaceAll(";.*", ""), role, PASSWORD);
            return new Minimal(fresh, source, () -> {
                fresh.dsl().execute(String.format(dropping, role));
                fresh.close();
            });
        }

        /** Uses a server that checks rights; the common test server doesn't. */
        private static Minimal onMariaDb() throws Exception {
            TroubleServer.onMariaDb("create database upgraded character set utf8mb4");
            for (String place : List.of("localhost", "'%'")) {
                TroubleServer.onMariaDb("create user upowner@" + place + " identified by '" + PASSWORD + "'");
                TroubleServer.onMariaDb("grant all on upgraded.* to upowner@" + place + " with grant option");
                TroubleServer.onMariaDb("create user upgrade@" + place + " identified by '" + PASSWORD + "'");
            }
            String url = TroubleServer.mariaDbUrl("upgraded");
            DataSource owners = TroubleServer.plain(TestDatabase.MARIADB, url, "upowner", PASSWORD);
            Runnable dropping = () -> TroubleServer.onMariaDb("drop database upgraded");
            Fresh fresh = new Fresh(
                    owners, DSL.using(owners, TestDatabase.MARIADB.dialect()), url, "upowner", PASSWORD, dropping);
            left(TestDatabase.MARIADB, fresh);
            grant(fresh, '`', "upgrade@localhost");
            grant(fresh, '`', "upgrade@'%'");
            return new Minimal(
                    fresh, TroubleServer.plain(TestDatabase.MARIADB, url, "upgrade", PASSWORD), fresh::close);
        }

        private static void grant(Fresh fresh, char quote, String role) throws Exception {
            fresh.dsl().execute("grant select, update on walked to " + role);
            for (Map.Entry<String, String> right : RightsTest.ofStateTables().entrySet()) {
                fresh.dsl()
                        .execute("grant " + right.getValue() + " on " + quote + right.getKey() + quote + " to " + role);
            }
        }

        @Override
        public void close() {
            dropping.run();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void withoutTheRightToAddColumnsAllElseWorks(TestDatabase kind) throws Exception {
        try (Minimal minimal = Minimal.of(kind)) {
            String logged;
            try (CapturedLog log = new CapturedLog()) {
                worksBesideAnOldInstance(kind, minimal.fresh(), minimal.source(), false);
                logged = log.text();
            }
            assertThat(logged).containsOnlyOnce("the state tables lack columns of this version");
            takesRange(kind, minimal.fresh());
            StateStore store = new StateStore(
                    Connections.of(minimal.source()), TestTables::all, "new", event -> {}, () -> Duration.ZERO);
            store.install();
            assertThat(rate(store)).isNull();
            logged.lines()
                    .filter(line -> line.startsWith("alter table"))
                    .forEach(minimal.fresh().dsl()::execute);
            run(kind, minimal.fresh(), "update \"async_migration_ranges\" set \"keys_per_second\" = 7");
            assertThat(rate(store)).as("it has looked a moment ago").isNull();
            store.install();
            assertThat(rate(store)).isEqualTo(7);
            assertThat(Operator.of(minimal.source()).status().of(WALKED).now().owners())
                    .containsExactly("old:1:a");
        }
    }

    private static @Nullable Long rate(StateStore store) throws SQLException {
        return store.transaction(tx -> StatusRows.ranges(tx, WALKED).get(0).rate());
    }
}
