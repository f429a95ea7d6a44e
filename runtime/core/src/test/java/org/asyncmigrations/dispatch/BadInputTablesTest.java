package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.state.MigrationBuilds;
import org.asyncmigrations.state.MigrationInstances;
import org.asyncmigrations.state.SchemaMigrations;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** State tables that this build wouldn't have created: another program's tables, older ones, unknown rows. */
class BadInputTablesTest {
    private static final SchemaMigrations<?> T = TestTables.all().migrations();
    private static final Name MIGRATIONS = name("async_schema_migrations");

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void railsOwnTableIsLeftAlone(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl()
                    .createTable(MIGRATIONS)
                    .column("version", SQLDataType.BIGINT.nullable(false))
                    .column("direction", SQLDataType.VARCHAR(10))
                    .column("state", SQLDataType.VARCHAR(10))
                    .column("created_at", SQLDataType.LOCALDATETIME(6))
                    .column("updated_at", SQLDataType.LOCALDATETIME(6))
                    .execute();
            fresh.dsl()
                    .insertInto(table(MIGRATIONS), field(name("version")), field(name("state")))
                    .values(1L, "created")
                    .execute();
            assertIsForeign(fresh, "async_schema_migrations", "created_at, direction, state, updated_at, version");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void otherTablesOfSomebodyElsesAreLeftAlone(TestDatabase database) throws Exception {
        for (String taken : List.of("async_schema_migrations", "async_migration_events", "async_migration_ranges")) {
            try (Fresh fresh = database.fresh()) {
                fresh.dsl()
                        .createTable(name(taken))
                        .column("id", SQLDataType.BIGINT.nullable(false))
                        .column("title", SQLDataType.VARCHAR(10))
                        .execute();
                assertIsForeign(fresh, taken, "id, title");
            }
        }
    }

    private static void assertIsForeign(Fresh fresh, String taken, String columns) throws Exception {
        try (Dispatcher registry =
                new TestCatalog().data(1, run -> {}).on(fresh.dataSource()).build()) {
            Dispatch dispatch = registry.dispatch();
            assertThat(dispatch.await(TroubleBench.LONG)).as(dispatch::message).isEqualTo(Outcome.FAILED);
            assertThat(dispatch.message())
                    .contains("table " + taken + " is not a table of async-migrations", columns, "another prefix");
        }
        assertThat(fresh.dsl().selectFrom(table(name(taken))).fetch().fields()).hasSize(columns.split(",").length);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anOlderTableGetsWhatItLacksAndKeepsItsRows(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Seen before = TroubleBench.run(
                    fresh.dataSource(), new TestCatalog().data(1, run -> {}).data(2, run -> {
                                throw new IllegalStateException("the old error");
                            }));
            assertThat(before.outcome()).isEqualTo(Outcome.FAILED);
            for (String lacking : List.of(
                    "frontier",
                    "batch_size",
                    "paused",
                    "run_id",
                    "fingerprint_build",
                    "phase",
                    "started_at",
                    "walk_key",
                    "keys_before")) {
                fresh.dsl()
                        .alterTable(table(MIGRATIONS))
                        .dropColumn(name(lacking))
                        .execute();
            }
            Seen after = TroubleBench.run(
                    fresh.dataSource(),
                    new TestCatalog().data(1, run -> {}).data(2, run -> {}).data(3, run -> {}));
            assertThat(after.error(2)).contains("the old error");
            assertThat(after.of(1).state()).isEqualTo(State.DONE);
            assertThat(after.of(3).state()).isEqualTo(State.CREATED);
            retry(fresh);
        }
    }

    private static void retry(Fresh fresh) throws InterruptedException {
        try (Dispatcher registry = new TestCatalog()
                .data(1, run -> {})
                .data(2, run -> {})
                .data(3, run -> {})
                .on(fresh.dataSource())
                .build()) {
            registry.migration(2).retry();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aVersionOfAnotherBuildIsLeftAloneAndHoldsUpOnlyWhileThatBuildLives(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            AtomicInteger runs = new AtomicInteger();
            TroubleBench.run(
                    fresh.dataSource(), new TestCatalog().data(1, run -> {}).data(2, run -> {
                                throw new IllegalStateException("only the other build has it");
                            }));
            assertThat(TroubleBench.run(fresh.dataSource(), ours(runs)).outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(runs).hasValue(1);
            assertThat(state(fresh.dsl(), 2)).isEqualTo("failed");

            otherBuildLives(fresh.dsl());
            try (Dispatcher registry =
                    ours(runs).data(4, run -> {}).on(fresh.dataSource()).build()) {
                Dispatch dispatch = registry.dispatch();
                TroubleBench.awaitUntil(() -> dispatch.message().contains("which this build does not contain"));
                assertThat(dispatch.message()).contains("migration 2 (test.M2)");
                assertThat(registry.migration(4).isDone()).isFalse();
                MigrationInstances<?> instances = TestTables.all().instances();
                fresh.dsl()
                        .deleteFrom(instances)
                        .where(instances.INSTANCE.eq("other"))
                        .execute();
                assertThat(dispatch.await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            }
        }
    }

    private static TestCatalog ours(AtomicInteger runs) {
        return new TestCatalog().data(1, run -> {}).data(3, run -> runs.incrementAndGet());
    }

    private static void otherBuildLives(DSLContext dsl) {
        MigrationBuilds<?> builds = TestTables.all().builds();
        MigrationInstances<?> instances = TestTables.all().instances();
        LocalDateTime soon = LocalDateTime.now(java.time.ZoneOffset.UTC).plusMinutes(1);
        dsl.insertInto(builds)
                .set(builds.BUILD, "otherbuild")
                .set(builds.VERSIONS, "1,2")
                .set(builds.FIRST_SEEN, soon)
                .execute();
        dsl.insertInto(instances)
                .set(instances.INSTANCE, "other")
                .set(instances.APPLICATION, "a")
                .set(instances.RELEASE_NAME, "r")
                .set(instances.BUILD, "otherbuild")
                .set(instances.STARTED_AT, soon)
                .set(instances.SEEN_AT, soon)
                .execute();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aStateThatIsNoneIsSaidAndMendedByHand(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {}).data(2, run -> {});
            TroubleBench.run(fresh.dataSource(), catalog);
            set(fresh.dsl(), "finished");
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                Dispatch dispatch = registry.dispatch();
                assertThat(dispatch.await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
                assertThat(dispatch.message()).contains("migration 2 (M2) has an unknown state");
                assertThat(Objects.requireNonNull(registry.status().of(2)).waitsFor())
                        .contains("finished");
                assertThat(registry.migration(2).isDone()).isFalse();
                set(fresh.dsl(), "created");
                TroubleBench.awaitUntil(() -> dispatch.outcome() == Outcome.DONE);
            }
        }
    }

    private static void set(DSLContext dsl, String state) {
        dsl.update(T).set(T.STATE, state).where(T.VERSION.eq(2L)).execute();
    }

    private static String state(DSLContext dsl, long version) {
        return String.valueOf(
                dsl.select(T.STATE).from(T).where(T.VERSION.eq(version)).fetchOne(T.STATE));
    }
}
