package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.BatchEvent.Purpose;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.throttle.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What listeners and the status are told about batches. */
class BatchEventTest {
    private static final int ROWS = 3_000;

    private final List<BatchEvent> told = Collections.synchronizedList(new ArrayList<>());
    private final ManualWorker worker = new ManualWorker();

    /** Keeps all events, and throws. */
    private final class Keeping implements DispatchListener {
        @Override
        public void onEvent(MigrationEvent event) {}

        @Override
        public void onBatch(BatchEvent batch) {
            told.add(batch);
            throw new AssertionError("metrics are away");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void eachBatchIsToldAfterItsCommitWhateverTheListenerThrows(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            try (var registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails())
                    .on(fresh.dataSource())
                    .listener(new Keeping())
                    .worker(worker)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
            }
            assertThat(told).allSatisfy(batch -> {
                assertThat(batch.version()).isEqualTo(1);
                assertThat(batch.name()).isEqualTo("test.M1");
                assertThat(batch.purpose()).isEqualTo(Purpose.MIGRATE);
                assertThat(batch.range()).isEqualTo(1);
                assertThat(batch.took()).isPositive();
                assertThat(batch.throttled()).isZero();
            });
            assertThat(told.stream().mapToLong(BatchEvent::rows).sum()).isEqualTo(ROWS * 9 / 10);
            assertThat(told.stream().mapToLong(BatchEvent::keys).sum()).isBetween(ROWS * 9L / 10, (long) ROWS);
        }
    }

    @Test
    void theTimeThatAThrottleHeldIsToldWithTheNextBatch() {
        try (var fresh = TestDatabase.H2.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            List<Integer> asked = new ArrayList<>();
            try (var registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails())
                    .on(fresh.dataSource())
                    .listener(new Keeping())
                    .worker(worker)
                    .throttle(run -> {
                        asked.add(told.size());
                        boolean holds = Collections.frequency(asked, 1) == 1 && told.size() == 1;
                        return holds ? Answer.notNow("it is noon").askAgainAfter(Duration.ofMillis(20)) : Answer.goOn();
                    })
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
            }
            assertThat(told.get(0).throttled()).isZero();
            assertThat(told.get(1).throttled()).isPositive();
            assertThat(told.get(1).rested()).isGreaterThanOrEqualTo(told.get(1).throttled());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theStatusShowsRateBatchAndTimeThatIsLeft(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            List<MigrationStatus> seen = new ArrayList<>();
            List<RangeStatus> ranges = new ArrayList<>();
            Operator operator = Operator.of(fresh.dataSource());
            var t = TestTables.all().migrations();
            DispatchListener looking = new DispatchListener() {
                @Override
                public void onEvent(MigrationEvent event) {}

                @Override
                public void onBatch(BatchEvent batch) {
                    fresh.dsl().update(t).set(t.ROWS_ESTIMATED, 100_000L).execute();
                    seen.add(operator.status().of(1));
                    ranges.addAll(operator.ranges(1));
                }
            };
            try (var registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails())
                    .on(fresh.dataSource())
                    .listener(looking)
                    .worker(worker)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).now().pace()).isEqualTo(MigrationStatus.Pace.UNKNOWN);
            }
            MigrationStatus.Pace pace = seen.get(0).now().pace();
            assertThat(pace.rate()).isPositive();
            assertThat(pace.batchSize()).isEqualTo(500);
            assertThat(pace.batchTime()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(pace.timeLeft().toSeconds()).isEqualTo((100_000 - 500) / pace.rate() + 1);
            assertThat(ranges.get(0).rate()).isEqualTo(pace.rate());
            assertThat(ranges.get(0).batchSize()).isEqualTo(500);
            assertThat(ranges.get(0).batchTime()).isEqualTo(pace.batchTime());
        }
    }
}
