package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.Throttle;
import org.asyncmigrations.throttle.ThrottleRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What throttles are told about the previous batch, to compute a share of the time: everything that keeps the database busy counts.
 */
class RestTest {
    private final ManualWorker worker = new ManualWorker();
    private final List<Told> told = new ArrayList<>();

    /** What a question said about the previous batch. */
    private record Told(long version, Duration took, Duration rested, long at) {
        static Told by(ThrottleRun run) {
            return new Told(run.migration().version(), run.lastBatch(), run.rested(), System.nanoTime());
        }

        long endedAt() {
            return at - rested.toNanos();
        }
    }

    private Dispatcher registry(TestDatabase.Fresh database, Customers.LowerEmails migration, Throttle throttle) {
        Dispatcher registry = new TestCatalog()
                .batch(1, migration)
                .batch(2, new Customers.LowerEmails())
                .on(database.dataSource())
                .worker(worker)
                .targetBatchTime(Duration.ofMinutes(1))
                .throttle(throttle)
                .build();
        registry.dispatch();
        return registry;
    }

    private static State state(Dispatcher registry, long version) {
        return Objects.requireNonNull(registry.status().of(version)).state();
    }

    private Answer remembered(ThrottleRun run) {
        told.add(Told.by(run));
        return Answer.goOn();
    }

    private List<Duration> times() {
        return told.stream().map(Told::took).toList();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aStrideThatIsOnlyLookedOverCounts(TestDatabase kind) {
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), 6_000);
            database.dsl().update(CUSTOMERS).setNull(EMAIL).execute();
            try (var registry = registry(database, new Customers.LowerEmails(), this::remembered)) {
                worker.untilIdle();
                assertThat(state(registry, 1)).isEqualTo(State.DONE);
            }
        }
        // There is none before the migration and its first step. Then 500 keys, then strides of 4,000.
        assertThat(times().subList(0, 2)).containsOnly(Duration.ZERO);
        assertThat(times().subList(2, 4)).doesNotContain(Duration.ZERO).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBatchWithARejectCounts(TestDatabase kind) {
        Customers.LowerEmails picky = new Customers.LowerEmails() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                return batch.update(CUSTOMERS, row -> {
                    if (row.get("id", Long.class) == 4) {
                        throw new IllegalArgumentException("no spelling for it");
                    }
                    row.set(EMAIL_LOWER, "somebody");
                    row.set(CHANGES, 1);
                });
            }
        };
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), 1_000);
            try (var registry = registry(database, picky, this::remembered)) {
                worker.untilIdle();
                assertThat(registry.migration(1).rejects()).hasSize(1);
            }
        }
        assertThat(times().subList(0, 2)).containsOnly(Duration.ZERO);
        assertThat(times().get(2)).isPositive();
    }

    /** Otherwise, a range that was given back during a rest would be claimed again before the rest is over. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theBatchBeforeIsKnownFromWalkToWalk(TestDatabase kind) {
        Throttle closes = run -> {
            remembered(run);
            return told.size() == 3 ? Answer.notNow("closed") : Answer.goOn();
        };
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), 1_000);
            try (var registry = registry(database, new Customers.LowerEmails(), closes)) {
                worker.untilIdle();
                assertThat(state(registry, 1)).isEqualTo(State.PROCESSING);
                worker.untilIdle();
                assertThat(state(registry, 1)).isEqualTo(State.DONE);
            }
        }
        assertThat(times().get(2)).isPositive();
        assertThat(times().subList(2, 5))
                .as("held, asked before the claim, asked before the batch")
                .containsOnly(times().get(2));
        assertThat(told.get(4).endedAt()).isCloseTo(told.get(2).endedAt(), within());
    }

    /** Two readings of the clock aren't the same moment. */
    private static Offset<Long> within() {
        return Offset.offset(Duration.ofMillis(200).toNanos());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theLookOverTheWholeTableCounts(TestDatabase kind) {
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), 1_000);
            try (var registry = registry(database, new Customers.LowerEmails(), this::remembered)) {
                long before = 0;
                for (int i = 0; state(registry, 1) != State.DONE && i < 100; i++) {
                    before = System.nanoTime();
                    worker.step();
                }
                told.clear();
                worker.untilIdle();
                assertThat(told.get(0).version()).isEqualTo(2);
                assertThat(told.get(0).took()).isPositive();
                assertThat(told.get(0).endedAt()).as("the step that looked").isGreaterThan(before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aWorkerThatRestsIsToldForHowLongItHas(TestDatabase kind) {
        Duration rest = Duration.ofMillis(5);
        Throttle once = run -> {
            remembered(run);
            return told.size() == 3 ? Answer.notNow("a moment").askAgainAfter(rest) : Answer.goOn();
        };
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), 1_000);
            try (var registry = registry(database, new Customers.LowerEmails(), once)) {
                worker.untilIdle();
                assertThat(state(registry, 1)).isEqualTo(State.DONE);
            }
        }
        assertThat(told.subList(0, 2)).extracting(Told::rested).containsOnly(Duration.ZERO);
        assertThat(told.get(3).took()).isEqualTo(told.get(2).took());
        assertThat(told.get(3).rested())
                .isGreaterThanOrEqualTo(told.get(2).rested().plus(rest));
    }
}
