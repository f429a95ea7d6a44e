package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationNotDoneException;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls in an unusual order: before a dispatch, twice, after the close, and a close in the middle. */
class TroubleLifeTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void beforeADispatchEverythingIsCreatedThoughThereIsNoTable(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh();
                Dispatcher registry = new TestCatalog()
                        .data(1, run -> {})
                        .on(fresh.dataSource())
                        .build()) {
            assertThat(registry.status().of(1)).extracting("state").isEqualTo(State.CREATED);
            assertThat(registry.migration(1).state()).isEqualTo(State.CREATED);
            assertThatThrownBy(registry.migration(1)::requireDone)
                    .isInstanceOf(MigrationNotDoneException.class)
                    .hasMessageContaining("migration 1 (M1) must be done, but is created");
            assertThatThrownBy(registry.migration(1)::pause)
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining(
                            "migration 1 (M1): the state tables cannot be used: this database has none yet; dispatch()"
                                    + " creates them");
            assertThatThrownBy(() -> registry.migration(7)).hasMessageContaining("migration 7 is not in this build");
        }
    }

    @Test
    void aClosedRegistryDoesNotDispatchAndIsClosedTwice() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Dispatcher registry =
                    new TestCatalog().data(1, run -> {}).on(fresh.dataSource()).build();
            Dispatch dispatch = registry.dispatch();
            assertThat(dispatch.await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            registry.close();
            registry.close();
            assertThat(dispatch.outcome()).as("it had ended before").isEqualTo(Outcome.DONE);
            assertThatThrownBy(registry::dispatch)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void aWaitOfNoTimeAndOneForEverAreBothFine() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            CountDownLatch go = new CountDownLatch(1);
            try (Dispatcher registry = new TestCatalog()
                    .data(1, run -> go.await())
                    .on(fresh.dataSource())
                    .build()) {
                Dispatch dispatch = registry.dispatch();
                assertThat(dispatch.await(Duration.ZERO)).isEqualTo(Outcome.RUNNING);
                assertThat(dispatch.await(Duration.ofSeconds(-1))).isEqualTo(Outcome.RUNNING);
                go.countDown();
                assertThat(dispatch.await(ChronoUnit.FOREVER.getDuration())).isEqualTo(Outcome.DONE);
            }
        }
    }

    @Test
    void aSecondDispatchRunsWhatTheFirstLeft() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Fresh fresh = TestDatabase.H2.fresh();
                    Dispatcher registry = new TestCatalog()
                            .data(1, run -> {})
                            .afterRelease(2, run -> {})
                            .on(fresh.dataSource())
                            .threads(4)
                            .build()) {
                assertThat(registry.dispatch(Mode.BEFORE).await(TroubleBench.LONG))
                        .isEqualTo(Outcome.HELD);
                assertThat(registry.dispatch(Mode.AFTER).await(TroubleBench.LONG))
                        .as("round " + i)
                        .isEqualTo(Outcome.DONE);
            }
        }
    }

    @Test
    void dispatchingTwiceAtOnceRunsEachMigrationOnce() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Customers.create(fresh.dsl(), 5_000);
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails())
                    .on(fresh.dataSource())
                    .build()) {
                registry.dispatch();
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
                assertThat(Customers.wrong(fresh.dsl())).isZero();
            }
        }
    }

    /** All three databases at once, since each takes the whole patience. */
    @Test
    void aCloseCancelsALongStatementAndGivesTheAttemptBack() throws Exception {
        List<Thread> closing = new ArrayList<>();
        List<String> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        for (TestDatabase database : TestDatabase.values()) {
            Thread thread = new Thread(() -> seen.add(database + " " + closedInTheMidst(database)));
            thread.start();
            closing.add(thread);
        }
        for (Thread thread : closing) {
            thread.join();
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "H2 CLOSED pending 0", "POSTGRES CLOSED pending 0", "MARIADB CLOSED pending 0");
    }

    private static String closedInTheMidst(TestDatabase database) {
        String endless = switch (database) {
            case H2 ->
                "select count(*) from system_range(1, 10000000) a, system_range(1, 10000000) b where a.x + b.x < 0";
            case POSTGRES -> "select pg_sleep(600)";
            case MARIADB -> "select sleep(600)";
        };
        try (Fresh fresh = database.fresh()) {
            CountDownLatch begun = new CountDownLatch(1);
            TestCatalog catalog = new TestCatalog().data(1, run -> {
                begun.countDown();
                run.dsl().fetch(endless);
            });
            Dispatcher registry = catalog.on(fresh.dataSource()).maxAttempts(1).build();
            Dispatch dispatch = registry.dispatch();
            begun.await();
            registry.close();
            var status = registry.status().migrations().get(0);
            return dispatch.outcome() + " " + status.state().word() + " " + status.attempts();
        } catch (InterruptedException interrupted) {
            return "interrupted";
        }
    }
}
