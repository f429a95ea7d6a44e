package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.Mode;
import org.asyncmigrations.TestDatabase;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A start with nothing to do: one statement on one connection, however many migrations there are. */
class SteadyStateTest {
    @ParameterizedTest
    @CsvSource({"H2, 1", "H2, 1000", "POSTGRES, 1", "POSTGRES, 100", "POSTGRES, 1000", "MARIADB, 1", "MARIADB, 1000"})
    void aStartWithAllDoneSendsOneStatement(TestDatabase database, int migrations) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = manyDone(fresh, migrations);
            StatementCounter counter = StatementCounter.ofThisThread(fresh.dataSource());
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry = catalog.on(counter).worker(worker).build()) {
                assertThat(registry.dispatch().await(Duration.ZERO)).isEqualTo(Outcome.DONE);
                assertThat(counter.statements).hasValue(1);
                assertThat(counter.connections).hasValue(1);
                assertThat(counter.transactions).hasValue(0);
                assertThat(worker.starts()).isZero();
            }
            assertThat(counter.statements).as("nor does closing send any").hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatWaitsForItsReleaseIsNoWork(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {}).afterRelease(2, run -> {});
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.HELD);
            }
            StatementCounter counter = StatementCounter.ofThisThread(fresh.dataSource());
            try (Dispatcher registry = catalog.on(counter).build()) {
                assertThat(registry.dispatch(Mode.BEFORE).outcome()).isEqualTo(Outcome.HELD);
                assertThat(counter.statements).hasValue(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatWereChangedLaterAreFoundAllTheSame(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = manyDone(fresh, 3);
            var table = TestTables.all().migrations();
            // PostgreSQL returns a changed row after the unchanged ones.
            fresh.dsl()
                    .update(table)
                    .set(table.ATTEMPTS, 7)
                    .where(table.VERSION.eq(1L))
                    .execute();
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().outcome()).isEqualTo(Outcome.DONE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDeletedRowIsWorkWhereverItWas(long version) throws Exception {
        try (TestDatabase.Fresh fresh = TestDatabase.H2.fresh()) {
            TestCatalog catalog = manyDone(fresh, 3);
            var table = TestTables.all().migrations();
            fresh.dsl().deleteFrom(table).where(table.VERSION.eq(version)).execute();
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).worker(worker).build()) {
                assertThat(registry.dispatch().outcome()).isEqualTo(Outcome.RUNNING);
                assertThat(worker.starts()).isEqualTo(1);
            }
        }
    }

    @Test
    void rowsOfOtherBuildsAreNoWork() throws Exception {
        try (TestDatabase.Fresh fresh = TestDatabase.H2.fresh()) {
            manyDone(fresh, 4);
            TestCatalog fewer = new TestCatalog().data(2, run -> {}).data(3, run -> {});
            try (Dispatcher registry = fewer.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().outcome()).isEqualTo(Outcome.DONE);
            }
        }
    }

    private static TestCatalog manyDone(TestDatabase.Fresh fresh, int migrations) {
        TestCatalog catalog = new TestCatalog();
        for (int version = 1; version <= migrations; version++) {
            catalog.data(version, run -> {});
        }
        ManualWorker worker = new ManualWorker();
        try (Dispatcher registry = catalog.on(fresh.dataSource()).worker(worker).build()) {
            registry.dispatch();
            worker.step();
        }
        var table = TestTables.all().migrations();
        fresh.dsl().update(table).set(table.STATE, "done").execute();
        assertThat(fresh.dsl().fetchValue(DSL.selectCount().from(table))).isEqualTo(migrations);
        return catalog;
    }
}
