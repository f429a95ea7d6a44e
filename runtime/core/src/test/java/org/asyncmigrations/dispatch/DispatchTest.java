package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.EventQuery;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main job on each database: dispatched migrations are done, in order, in the background. */
class DispatchTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Table<Record> LOG = table(name("log"));

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBackFillChangesEachRowOnce(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 30_000);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails());
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
                assertThat(Customers.wrong(fresh.dsl())).isZero();
                MigrationStatus status = registry.status().of(1);
                assertThat(status.state()).isEqualTo(State.DONE);
                assertThat(status.progress().rowsDone()).isEqualTo(27_000);
                assertThat(status.progress().finishedAt())
                        .isAfter(status.progress().startedAt());
            }
            assertThat(fresh.dsl().fetchCount(TestTables.all().ranges())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anEmptyTableIsDone(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 0);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails());
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theNextStartsByItselfWhenTheOneBeforeIsDone(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            createLog(fresh);
            TestCatalog catalog = new TestCatalog();
            for (long version : new long[] {3, 1, 20, 2, 10}) {
                catalog.data(version, run -> log(run.dsl(), version));
            }
            try (Dispatcher registry = catalog.on(fresh.dataSource()).threads(4).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(logged(fresh)).containsExactly(1L, 2L, 3L, 10L, 20L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aFailureStopsWhatFollowsAndARetryGoesOn(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            createLog(fresh);
            boolean[] broken = {true};
            TestCatalog catalog = new TestCatalog()
                    .data(1, run -> {
                        log(run.dsl(), 1);
                        if (broken[0]) {
                            throw new IllegalStateException("the vault is closed");
                        }
                    })
                    .data(2, run -> log(run.dsl(), 2));
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).maxAttempts(2).build()) {
                Dispatch dispatch = registry.dispatch();
                assertThat(dispatch.await(LONG)).isEqualTo(Outcome.FAILED);
                assertThat(dispatch.message()).contains("migration 1 (M1) has failed");
                MigrationStatus failed = registry.status().of(1);
                assertThat(failed.attempts()).isEqualTo(2);
                assertThat(failed.error()).contains("the vault is closed", "IllegalStateException");
                assertThat(logged(fresh)).as("a failed attempt leaves nothing").isEmpty();
                broken[0] = false;
                assertThat(registry.migration(1).retry()).isTrue();
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(logged(fresh)).containsExactly(1L, 2L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anAfterReleaseMigrationWaitsUntilItIsToldTo(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            createLog(fresh);
            TestCatalog catalog = new TestCatalog()
                    .data(1, run -> log(run.dsl(), 1))
                    .afterRelease(2, run -> log(run.dsl(), 2))
                    .data(3, run -> log(run.dsl(), 3));
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).mode(Mode.GATED).build()) {
                Dispatch dispatch = registry.dispatch();
                assertThat(dispatch.await(LONG)).isEqualTo(Outcome.HELD);
                assertThat(dispatch.message()).contains("2: waits for confirmation", "MODE=after");
                assertThat(logged(fresh)).containsExactly(1L, 3L);
                assertThat(registry.status().of(2).waitsFor()).contains("MODE=after");
                assertThat(registry.dispatch(Mode.AFTER).await(LONG)).isEqualTo(Outcome.DONE);
                assertThat(logged(fresh)).containsExactly(1L, 3L, 2L);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void everyTransitionIsInTheEventTableAndToldToTheListener(TestDatabase database) throws Exception {
        List<MigrationEvent> told = new CopyOnWriteArrayList<>();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {});
            // Two workers would report their events at the same time.
            try (Dispatcher registry = catalog.on(fresh.dataSource())
                    .threads(1)
                    .listener(told::add)
                    .build()) {
                registry.dispatch().await(LONG);
            }
            assertThat(told)
                    .extracting(MigrationEvent::event)
                    .containsExactly("registered", "ready", "started", "done");
            var events = TestTables.all().events();
            assertThat(fresh.dsl()
                            .select(events.EVENT)
                            .from(events)
                            .orderBy(events.HAPPENED_AT)
                            .fetch(events.EVENT))
                    .containsExactly("registered", "ready", "started", "done");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theReasonOfAnOrderIsInTheEventThatTheListenerHears(TestDatabase database) throws Exception {
        List<MigrationEvent> told = new CopyOnWriteArrayList<>();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {
                throw new IllegalStateException("no");
            });
            try (Dispatcher registry = catalog.on(fresh.dataSource())
                    .maxAttempts(1)
                    .listener(told::add)
                    .build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
                MigrationHandle handle = registry.migration(1);
                assertThat(handle.pause("by day")).isTrue();
                assertThat(handle.retry("fixed")).isTrue();
                assertThat(handle.resume("by night")).isTrue();
                List<MigrationEvent> written = Operator.of(fresh.dataSource()).events(EventQuery.latest(100));
                assertThat(written).extracting(MigrationEvent::detail).contains("by day", "fixed", "by night");
                assertThat(told)
                        .contains(written.stream()
                                .filter(event -> event.kind() == MigrationEvent.Kind.RETRIED)
                                .toArray(MigrationEvent[]::new));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRowDeletedByHandIsRegisteredAgainAndRunsAgain(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            createLog(fresh);
            TestCatalog catalog =
                    new TestCatalog().data(1, run -> log(run.dsl(), 1)).data(2, run -> log(run.dsl(), 2));
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                registry.dispatch().await(LONG);
                var rows = TestTables.all().migrations();
                fresh.dsl().deleteFrom(rows).where(rows.VERSION.eq(1L)).execute();
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(logged(fresh)).containsExactly(1L, 2L, 1L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRowSetDoneByHandNeverRuns(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {
                throw new IllegalStateException("must not run");
            });
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).worker(worker).build()) {
                Dispatch dispatch = registry.dispatch();
                worker.step();
                var rows = TestTables.all().migrations();
                fresh.dsl().update(rows).set(rows.STATE, "done").execute();
                assertThat(worker.untilIdle()).isEqualTo(Step.Kind.FINISHED);
                assertThat(dispatch.outcome()).isEqualTo(Outcome.DONE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void otherTablesAreUsedForAnotherPrefix(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {}).over(TestTables.all("billing_"));
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(fresh.dsl().fetchCount(TestTables.all("billing_").migrations()))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aJooqConfigurationIsEnough(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {});
            var configuration =
                    DSL.using(fresh.dataSource(), database.dialect()).configuration();
            try (Dispatcher registry =
                    RegistryBuilder.of(configuration, catalog).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
        }
    }

    private static void createLog(TestDatabase.Fresh fresh) {
        fresh.dsl()
                .createTable(LOG)
                .column("n", SQLDataType.INTEGER.identity(true))
                .column("version", SQLDataType.BIGINT)
                .primaryKey("n")
                .execute();
    }

    private static void log(org.jooq.DSLContext dsl, long version) {
        dsl.insertInto(LOG)
                .columns(DSL.field(name("version"), Long.class))
                .values(version)
                .execute();
    }

    private static List<Long> logged(TestDatabase.Fresh fresh) {
        return fresh.dsl()
                .select(DSL.field(name("version"), Long.class))
                .from(LOG)
                .orderBy(DSL.field(name("n")))
                .fetch(row -> row.value1());
    }
}
