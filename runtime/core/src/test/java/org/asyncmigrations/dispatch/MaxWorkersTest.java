package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.Test;

/** How many workers of all instances work on one walk. */
class MaxWorkersTest {
    /** Three ranges. */
    private static final int ROWS = 25_000;

    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private final class Watched extends Customers.LowerEmails {
        @Override
        public long migrate(RowBatch batch) throws Exception {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            try {
                return super.migrate(batch);
            } finally {
                atWork.decrementAndGet();
            }
        }
    }

    @Test
    void noMoreThanThatAreAtItHoweverManyInstancesThereAre() throws Exception {
        try (var database = TestDatabase.POSTGRES.fresh()) {
            Customers.create(database.dsl(), ROWS);
            List<Dispatcher> instances = new ArrayList<>();
            List<Dispatch> dispatches = new ArrayList<>();
            try {
                for (int number = 0; number < 2; number++) {
                    Dispatcher instance = new TestCatalog()
                            .batch(1, new Watched())
                            .on(database.dataSource())
                            .threads(2)
                            .maxWorkers(1)
                            .build();
                    instances.add(instance);
                    dispatches.add(instance.dispatch());
                }
                for (Dispatch dispatch : dispatches) {
                    assertThat(dispatch.await(Duration.ofMinutes(2))).isEqualTo(Outcome.DONE);
                }
            } finally {
                instances.forEach(Dispatcher::close);
            }
            assertThat(most).hasValue(1);
            assertThat(Customers.wrong(database.dsl())).isZero();
        }
    }

    @Test
    void atLeastOneMayBe() {
        try (var database = TestDatabase.H2.fresh()) {
            var builder = new TestCatalog().on(database.dataSource());
            assertThatThrownBy(() -> builder.maxWorkers(0)).hasMessage("maxWorkers must be 1 or more, but is 0");
        }
    }
}
