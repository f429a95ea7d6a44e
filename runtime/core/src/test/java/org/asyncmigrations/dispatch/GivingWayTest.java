package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.max;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch that somebody waits for ends, and later batches are smaller. */
class GivingWayTest {
    private static final int ROWS = 3_000;

    /** Ends its first batch only after somebody waits for one of its rows. */
    private static final class Blocking extends Customers.LowerEmails {
        private final DSLContext beside;
        private final List<Long> changed = new ArrayList<>();
        private CompletableFuture<Integer> waiting;
        private Duration later = Duration.ZERO;

        Blocking(DSLContext beside) {
            this.beside = beside;
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            long rows = super.migrate(batch);
            changed.add(rows);
            if (changed.size() == 1) {
                Long id = batch.dsl()
                        .select(max(ID))
                        .from(CUSTOMERS)
                        .where(CHANGES.eq(1))
                        .fetchSingle()
                        .value1();
                waiting = CompletableFuture.supplyAsync(
                        () -> beside.update(CUSTOMERS)
                                .set(EMAIL, EMAIL.concat("x"))
                                .where(ID.eq(id))
                                .execute(),
                        new OwnThreads());
                awaitWaiter();
                // The rows have taken much longer than the rest of the batch.
                later = Duration.ofSeconds(1);
            }
            return rows;
        }

        private void awaitWaiter() {
            String sql = switch (beside.family()) {
                case POSTGRES -> "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
                case H2 -> "select 1 from information_schema.sessions where blocker_id is not null";
                default ->
                    "select 1 from information_schema.global_status"
                            + " where variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS' and variable_value > 0";
            };
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (beside.fetch(sql).isEmpty()) {
                assertThat(System.nanoTime()).as("somebody waits").isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBatchThatSomebodyWaitedForIsFollowedBySmallerOnes(TestDatabase kind) throws Exception {
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), ROWS);
            Blocking migration = new Blocking(database.dsl());
            ManualWorker worker = new ManualWorker();
            List<String> reasons = new ArrayList<>();
            try (var registry = new TestCatalog()
                    .batch(1, migration)
                    .on(database.dataSource())
                    .worker(worker)
                    .clockShift(() -> migration.later)
                    .targetBatchTime(Duration.ofMinutes(1))
                    .throttle(run -> {
                        var table = TestTables.all().migrations();
                        reasons.add(
                                run.dsl().select(table.THROTTLED).from(table).fetchOne(table.THROTTLED));
                        return org.asyncmigrations.throttle.Answer.goOn();
                    })
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
            }
            assertThat(migration.waiting.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(reasons).contains("gives way to others that wait for locks of its batches");
            // Every tenth row has no address. 500 keys, then at most half of them.
            assertThat(migration.changed.get(0)).isEqualTo(450);
            assertThat(migration.changed.get(1)).isBetween(1L, 225L);
            assertThat(database.dsl().fetchCount(CUSTOMERS, CHANGES.gt(1))).isZero();
        }
    }
}
