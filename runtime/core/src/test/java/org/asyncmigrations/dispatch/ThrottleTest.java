package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.Throttle;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Throttles are asked before a migration and between its batches. Their answers are followed and shown. */
class ThrottleTest {
    private static final int ROWS = 3_000;

    private final ManualWorker worker = new ManualWorker();
    private final Sizes sizes = new Sizes();

    /** A backfill that remembers how many rows each batch changed. */
    private static final class Sizes extends Customers.LowerEmails {
        private final List<Long> changed = new ArrayList<>();

        @Override
        public long migrate(RowBatch batch) throws Exception {
            long rows = super.migrate(batch);
            changed.add(rows);
            return rows;
        }
    }

    private Dispatcher registry(TestDatabase.Fresh database, Throttle throttle) {
        Customers.create(database.dsl(), ROWS);
        Dispatcher registry = new TestCatalog()
                .batch(1, sizes)
                .on(database.dataSource())
                .worker(worker)
                .targetBatchTime(Duration.ofMinutes(1))
                .throttle(throttle)
                .build();
        registry.dispatch();
        return registry;
    }

    private static MigrationStatus status(Dispatcher registry) {
        return Objects.requireNonNull(registry.status().of(1));
    }

    private static void assertDone(Dispatcher registry, DSLContext dsl) {
        assertThat(status(registry).state()).isEqualTo(State.DONE);
        assertThat(status(registry).waitsFor()).isNull();
        assertThat(Customers.wrong(dsl)).isZero();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothingBeginsWhileAThrottleSaysNotNow(TestDatabase kind) {
        AtomicInteger asked = new AtomicInteger();
        try (var database = kind.fresh();
                var registry = registry(
                        database,
                        run -> asked.incrementAndGet() <= 3 ? Answer.notNow("the shop is open") : Answer.goOn())) {
            assertThat(worker.untilIdle()).isEqualTo(Step.Kind.IDLE);
            assertThat(status(registry).state()).isEqualTo(State.PENDING);
            assertThat(status(registry).waitsFor()).isEqualTo("the shop is open");
            assertThat(registry.dispatch().message()).contains("the work continues");
            worker.step();
            assertThat(registry.dispatch().outcome()).isNotNull();
            worker.step();
            worker.untilIdle();
            assertDone(registry, database.dsl());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aWalkThatIsHeldGivesItsRangeBackAndGoesOnWhereItWas(TestDatabase kind) {
        boolean[] isTomorrow = {false};
        Throttle third = run -> sizes.changed.size() == 2 && !isTomorrow[0]
                ? Answer.notNow("two batches are enough for today")
                : Answer.goOn();
        try (var database = kind.fresh();
                var registry = registry(database, third)) {
            worker.untilIdle();
            assertThat(sizes.changed).hasSize(2);
            assertThat(status(registry).waitsFor()).isEqualTo("two batches are enough for today");
            assertThat(owners(database.dsl())).containsOnlyNulls();
            isTomorrow[0] = true;
            worker.untilIdle();
            assertDone(registry, database.dsl());
            assertThat(sizes.changed.get(2)).as("the size is remembered").isGreaterThan(sizes.changed.get(1));
        }
    }

    private static List<String> owners(DSLContext dsl) {
        var ranges = TestTables.all().ranges();
        return dsl.select(ranges.OWNER).from(ranges).fetch(ranges.OWNER);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anUnhealthyAnswerHalvesTheNextBatchOnce(TestDatabase kind) {
        AtomicInteger said = new AtomicInteger();
        Throttle sick = run -> sizes.changed.size() == 2 && said.incrementAndGet() <= 3
                ? Answer.unhealthy("the replica is behind").askAgainAfter(Duration.ofMillis(1))
                : Answer.goOn();
        try (var database = kind.fresh();
                var registry = registry(database, sick)) {
            worker.untilIdle();
            assertDone(registry, database.dsl());
            // Every tenth row has no address. 500 keys, 1,000, then half of 2,000.
            assertThat(sizes.changed.subList(0, 3)).containsExactly(450L, 900L, 900L);
        }
    }

    /** With the interrupt flag set, every wait of the walk would end at once, and the throttle would be asked over and over. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anInterruptThatMigrateLeavesBehindIsGoneBeforeAnythingWaits(TestDatabase kind) {
        List<Boolean> interrupted = new ArrayList<>();
        Customers.LowerEmails careless = new Customers.LowerEmails() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                long rows = super.migrate(batch);
                Thread.currentThread().interrupt();
                return rows;
            }
        };
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), ROWS);
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, careless)
                    .on(database.dataSource())
                    .worker(worker)
                    .throttle(run -> {
                        interrupted.add(Thread.currentThread().isInterrupted());
                        return Answer.goOn();
                    })
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertDone(registry, database.dsl());
                assertThat(interrupted).hasSizeGreaterThan(3).containsOnly(false);
            }
        } finally {
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aThrottleThatCannotBeAskedSaysNotNow(TestDatabase kind) {
        AtomicInteger asked = new AtomicInteger();
        Throttle broken = run -> {
            if (asked.incrementAndGet() <= 2) {
                run.dsl().fetch("select * from no_such_table");
            }
            assertThat(run.dsl().fetchCount(CUSTOMERS)).isEqualTo(ROWS);
            assertThat(run.now()).isAfter(java.time.Instant.parse("2020-01-01T00:00:00Z"));
            assertThat(run.migration().version()).isEqualTo(1);
            return Answer.goOn();
        };
        try (var database = kind.fresh();
                var registry = registry(database, broken)) {
            worker.untilIdle();
            assertThat(status(registry).waitsFor())
                    .startsWith("a throttle could not be asked: ")
                    .containsIgnoringCase("no_such_table");
            worker.step();
            worker.untilIdle();
            assertDone(registry, database.dsl());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatAThrottleWritesIsRolledBack(TestDatabase kind) {
        Throttle writes = run -> {
            run.dsl().update(CUSTOMERS).set(EMAIL_LOWER, "nonsense").execute();
            return Answer.goOn();
        };
        try (var database = kind.fresh();
                var registry = registry(database, writes)) {
            worker.untilIdle();
            assertDone(registry, database.dsl());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatIsHeldIsNotClaimedAgainMeanwhile(TestDatabase kind) {
        boolean[] open = {false};
        Throttle second = run -> sizes.changed.size() >= 2 && !open[0] ? Answer.notNow("closed") : Answer.goOn();
        try (var database = kind.fresh();
                var registry = registry(database, second)) {
            worker.untilIdle();
            var ranges = TestTables.all().ranges();
            var tokens = database.dsl().select(ranges.TOKEN).from(ranges);
            long before = tokens.fetchSingle().value1();
            assertThat(worker.step()).isEqualTo(Step.Kind.IDLE);
            assertThat(worker.step()).isEqualTo(Step.Kind.IDLE);
            assertThat(tokens.fetchSingle().value1()).isEqualTo(before);
            open[0] = true;
            worker.untilIdle();
            assertDone(registry, database.dsl());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void allThrottlesMustAgreeAndTheStatusShowsTheOneThatDoesNot(TestDatabase kind) {
        AtomicInteger asked = new AtomicInteger();
        Duration[] later = {Duration.ZERO};
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), ROWS);
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, sizes)
                    .on(database.dataSource())
                    .worker(worker)
                    .clockShift(() -> later[0])
                    .throttle(run -> asked.get() == 1 ? Answer.notNow("it rains") : Answer.goOn())
                    .throttle(run -> asked.incrementAndGet() == 1 ? Answer.notNow("it is dark") : Answer.goOn())
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(status(registry).waitsFor()).isEqualTo("it is dark");
                later[0] = Duration.ofSeconds(6);
                worker.step();
                assertThat(status(registry).waitsFor()).isEqualTo("it rains");
                asked.set(2);
                worker.untilIdle();
                assertDone(registry, database.dsl());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aWorkerThatGoesOnIsNotHeldAnyMore(TestDatabase kind) {
        AtomicInteger asked = new AtomicInteger();
        Throttle once = run -> {
            asked.incrementAndGet();
            return asked.get() == 3 ? Answer.notNow("a moment").askAgainAfter(Duration.ofMillis(1)) : Answer.goOn();
        };
        try (var database = kind.fresh();
                var registry = registry(database, once)) {
            worker.untilIdle();
            assertDone(registry, database.dsl());
            assertThat(asked.get())
                    .as("before the claim, before each batch, once more, and before the look over the whole table")
                    .isEqualTo(1 + sizes.changed.size() + 1 + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void reasonsThatTakeTurnsAreShownForFiveSecondsEach(TestDatabase kind) {
        List<String> shown = new ArrayList<>();
        Duration[] later = {Duration.ZERO};
        Throttle turns = run -> {
            var rows = TestTables.all().migrations();
            shown.add(run.dsl().select(rows.THROTTLED).from(rows).fetchOne(rows.THROTTLED));
            later[0] = shown.size() < 7 ? Duration.ZERO : Duration.ofSeconds(6);
            return shown.size() == 1 || shown.size() > 9
                    ? Answer.goOn()
                    : Answer.notNow(shown.size() % 2 == 0 ? "it rains" : "it is dark")
                            .askAgainAfter(Duration.ofMillis(1));
        };
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), ROWS);
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, sizes)
                    .on(database.dataSource())
                    .worker(worker)
                    .clockShift(() -> later[0])
                    .throttle(turns)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(status(registry).state()).isEqualTo(State.DONE);
            }
        }
        // The seventh answer is the first after five seconds.
        assertThat(shown.subList(0, 3)).containsExactly(null, null, "it rains");
        assertThat(shown.subList(3, 7)).containsOnly("it rains");
        assertThat(shown.subList(7, 10)).containsOnly("it is dark");
    }

    /** Otherwise, a reason that comes and goes would be written and removed with each batch. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aReasonIsShownUntilTheWorkHasGoneOnForFiveSeconds(TestDatabase kind) {
        List<String> shown = new ArrayList<>();
        Duration[] later = {Duration.ZERO};
        Throttle once = run -> {
            var rows = TestTables.all().migrations();
            shown.add(run.dsl().select(rows.THROTTLED).from(rows).fetchOne(rows.THROTTLED));
            later[0] = shown.size() < 5 ? Duration.ZERO : Duration.ofSeconds(6);
            return shown.size() == 2 ? Answer.notNow("a moment").askAgainAfter(Duration.ofMillis(1)) : Answer.goOn();
        };
        try (var database = kind.fresh()) {
            // Four batches, however fast the server is.
            Customers.create(database.dsl(), 2 * ROWS);
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, sizes)
                    .on(database.dataSource())
                    .worker(worker)
                    .clockShift(() -> later[0])
                    .throttle(once)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertDone(registry, database.dsl());
            }
        }
        // The answer to the fifth question is the first after five seconds that lets work continue.
        assertThat(shown.subList(0, 6)).containsExactly(null, null, "a moment", "a moment", "a moment", null);
    }
}
