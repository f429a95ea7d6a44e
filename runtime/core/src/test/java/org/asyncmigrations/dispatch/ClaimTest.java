package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may work, and who may commit: claims, fences, takeovers, operators, several nodes. */
class ClaimTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void twoNodesShareTheWorkAndChangeEachRowOnce(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 60_000);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails());
            try (Dispatcher one = catalog.on(fresh.dataSource()).build();
                    Dispatcher two = catalog.on(fresh.dataSource()).build()) {
                Dispatch first = one.dispatch();
                Dispatch second = two.dispatch();
                assertThat(first.await(LONG)).isEqualTo(Outcome.DONE);
                assertThat(second.await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    /** The first node is stopped in the middle of a batch. The second node, whose clock is a minute ahead, takes over the range. */
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aFrozenWorkerCannotCommitAfterItsRangeWasTakenOver(TestDatabase database) throws Exception {
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thawed = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 5_000);
            TestCatalog slow = new TestCatalog().batch(1, new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    if (calls.incrementAndGet() == 2) {
                        frozen.countDown();
                        thawed.await();
                    }
                    return super.migrate(batch);
                }
            });
            TestCatalog quick = new TestCatalog().batch(1, new Customers.LowerEmails());
            try (Dispatcher one = slow.on(fresh.dataSource()).threads(1).build();
                    Dispatcher two = quick.on(fresh.dataSource())
                            .clockShift(() -> Duration.ofMinutes(1))
                            .build()) {
                one.dispatch();
                assertThat(frozen.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(two.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
                thawed.countDown();
                assertThat(one.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void workersThatDieUseTheAttemptsUp(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {});
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).worker(worker).maxAttempts(3).build()) {
                registry.dispatch();
                worker.step();
                var rows = TestTables.all().migrations();
                fresh.dsl()
                        .update(rows)
                        .set(rows.STATE, "processing")
                        .set(rows.OWNER, "dead")
                        .set(rows.ATTEMPTS, 3)
                        .set(rows.CLAIMED_UNTIL, java.time.LocalDateTime.of(2020, 1, 1, 0, 0))
                        .execute();
                worker.untilIdle();
                assertThat(registry.migration(1).state()).isEqualTo(State.FAILED);
                assertThat(registry.status().of(1).error())
                        .contains("the process of each of 3 workers ended without recording an error");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPausedBackFillStopsAndGoesOnWhereItWas(TestDatabase database) throws Exception {
        AtomicReference<Dispatcher> running = new AtomicReference<>();
        AtomicInteger calls = new AtomicInteger();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 5_000);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    long rows = super.migrate(batch);
                    if (calls.incrementAndGet() == 2) {
                        running.get().migration(1).pause();
                    }
                    return rows;
                }
            });
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).worker(worker).build()) {
                running.set(registry);
                Dispatch dispatch = registry.dispatch();
                assertThat(worker.untilIdle()).isEqualTo(Step.Kind.IDLE);
                assertThat(dispatch.outcome()).isEqualTo(Outcome.HELD);
                assertThat(registry.status().of(1).progress().rowsDone())
                        .as("the second batch did not commit")
                        .isEqualTo(450);
                assertThat(registry.migration(1).resume()).isTrue();
                assertThat(worker.untilIdle()).isEqualTo(Step.Kind.FINISHED);
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void closingStopsAtABatchsEndAndTheNextInstanceGoesOnThere(TestDatabase database) throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 40_000);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    long rows = super.migrate(batch);
                    begun.countDown();
                    return rows;
                }
            });
            try (Dispatcher registry = catalog.on(fresh.dataSource()).build()) {
                registry.dispatch();
                assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            }
            var ranges = TestTables.all().ranges();
            assertThat(fresh.dsl().fetchCount(ranges, ranges.OWNER.isNotNull())).isZero();
            try (Dispatcher next = catalog.on(fresh.dataSource()).build()) {
                assertThat(next.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void skippingLetsWhatFollowsGoOn(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog()
                    .data(1, run -> {
                        throw new IllegalStateException("broken");
                    })
                    .data(2, run -> {});
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).maxAttempts(1).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
                assertThat(registry.status().of(1).error()).contains("broken");
                assertThat(registry.migration(1).skip("the data is gone")).isTrue();
                assertThat(registry.status().of(1).error()).isNull();
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
                assertThat(registry.migration(1).skip("again")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aSkippedBackFillKeepsNoEndsOfRanges(TestDatabase database) throws Exception {
        var rows = TestTables.all().migrations();
        AtomicInteger calls = new AtomicInteger();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 15_000);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    if (calls.incrementAndGet() == 2) {
                        throw new IllegalStateException("broken");
                    }
                    return super.migrate(batch);
                }
            });
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).threads(1).maxAttempts(1).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
                assertThat(fresh.dsl().fetchCount(rows, rows.RANGE_ENDS.isNotNull()))
                        .isEqualTo(1);
                registry.migration(1).skip("not needed");
                assertThat(fresh.dsl().fetchCount(rows, rows.RANGE_ENDS.isNotNull()))
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aNewBuildsCodeTakesAFailedMigrationUp(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog broken = new TestCatalog().data(1, run -> {
                throw new IllegalStateException("broken");
            });
            try (Dispatcher registry =
                    broken.on(fresh.dataSource()).maxAttempts(1).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
            }
            var mended = org.asyncmigrations.MigrationEntry.async(
                    1, "test.M1", org.asyncmigrations.By.TRANSACTION, "mended");
            TestCatalog redeployed =
                    new TestCatalog().with(mended, () -> (org.asyncmigrations.DataMigration) run -> {});
            try (Dispatcher registry = redeployed.on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
        }
    }
}
