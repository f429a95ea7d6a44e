package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Orders.CHANGES;
import static org.asyncmigrations.dispatch.Orders.DONE;
import static org.asyncmigrations.dispatch.Orders.ID;
import static org.asyncmigrations.dispatch.Orders.LINES;
import static org.asyncmigrations.dispatch.Orders.LINE_CHANGES;
import static org.asyncmigrations.dispatch.Orders.ORDERS;
import static org.asyncmigrations.dispatch.Orders.ORDER_ID;
import static org.jooq.impl.DSL.select;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Orders.Change;
import org.asyncmigrations.dispatch.Orders.OfOrders;
import org.jooq.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are slow to change in Java: a batch ends by time, even between two rows, and nothing is lost or done twice. */
class SlowRowsTest {
    private static final int ROWS = 40;

    private final ManualWorker worker = new ManualWorker();
    private final List<Integer> batches = new ArrayList<>();
    private Duration shift = Duration.ZERO;
    private int calls;

    private Dispatcher registry(
            Fresh fresh, boolean hasPending, Change change, UnaryOperator<RegistryBuilder<Dispatcher>> settings) {
        Orders.create(fresh.dsl(), ROWS);
        Dispatcher registry = settings.apply(new TestCatalog()
                        .batch(1, new OfOrders(hasPending, change))
                        .on(fresh.dataSource())
                        .clockShift(() -> shift)
                        .worker(worker))
                .build();
        registry.dispatch();
        return registry;
    }

    /** Takes three batch times. */
    private void change(Record row) {
        calls++;
        shift = shift.plusMillis(300);
        row.set(DONE, 1);
        row.set(CHANGES, row.get("changes", Integer.class) + 1);
    }

    private long slowly(RowBatch batch) throws Exception {
        int before = calls;
        long rows = batch.update(ORDERS, this::change);
        batches.add(calls - before);
        return rows;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBatchEndsWithTheRowAtHandAndTheNextHasAsManyAsFit(TestDatabase database) {
        for (boolean hasPending : new boolean[] {true, false}) {
            batches.clear();
            calls = 0;
            try (Fresh fresh = database.fresh();
                    Dispatcher registry = registry(fresh, hasPending, this::slowly, b -> b)) {
                worker.untilIdle();
                assertThat(registry.status().of(1).state())
                        .as(registry.status().of(1).error())
                        .isEqualTo(State.DONE);
                assertThat(calls).isEqualTo(ROWS);
                assertThat(Orders.changed(fresh.dsl(), 1)).isEqualTo(ROWS);
                assertThat(batches).startsWith(2, 1, 1).allMatch(rows -> rows <= 2);
                assertThat(registry.status().of(1).progress().rowsDone()).isEqualTo(ROWS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatElseTheCodeDoesIsForTheRowsThatWereHandled(TestDatabase database) {
        Change afterwards = batch -> {
            long rows = slowly(batch);
            batch.dsl()
                    .update(LINES)
                    .set(LINE_CHANGES, LINE_CHANGES.plus(1))
                    .where(ORDER_ID.in(select(ID).from(ORDERS).where(batch.rows())))
                    .execute();
            return rows;
        };
        Change before = batch -> {
            batch.dsl()
                    .update(LINES)
                    .set(LINE_CHANGES, LINE_CHANGES.plus(1))
                    .where(ORDER_ID.in(select(ID).from(ORDERS).where(batch.rows())))
                    .execute();
            return slowly(batch);
        };
        for (Change change : List.of(afterwards, before)) {
            try (Fresh fresh = database.fresh();
                    Dispatcher registry = registry(fresh, false, change, b -> b)) {
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
                assertThat(Orders.changed(fresh.dsl(), 1)).isEqualTo(ROWS);
                assertThat(fresh.dsl().fetchCount(LINES, LINE_CHANGES.ne(1))).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatCannotBeChangedAreStillFound(TestDatabase database) {
        List<Long> poison = List.of(1L, 2L, 17L, 40L);
        Change picky = batch -> batch.update(ORDERS, row -> {
            change(row);
            if (poison.contains(row.get("id", Long.class))) {
                throw new IllegalArgumentException("refused");
            }
        });
        try (Fresh fresh = database.fresh();
                Dispatcher registry = registry(fresh, true, picky, b -> b)) {
            worker.untilIdle();
            assertThat(registry.migration(1).rejects())
                    .extracting(RejectedRow::key)
                    .containsExactlyInAnyOrder("1", "2", "17", "40");
            assertThat(Orders.changed(fresh.dsl(), 1)).isEqualTo(ROWS - poison.size());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aCloseEndsTheWalkAtTheNextRow(TestDatabase database) {
        Dispatcher[] running = new Dispatcher[1];
        Change closes = batch -> batch.update(ORDERS, row -> {
            row.set(CHANGES, 1);
            if (++calls == 3) {
                running[0].close();
            }
        });
        try (Fresh fresh = database.fresh();
                Dispatcher registry = registry(fresh, false, closes, b -> b)) {
            running[0] = registry;
            worker.untilIdle();
            assertThat(calls).isEqualTo(3);
            assertThat(Orders.changed(fresh.dsl(), 1)).isEqualTo(3);
            var ranges = TestTables.all().ranges();
            assertThat(fresh.dsl().fetchCount(ranges, ranges.OWNER.isNull().and(ranges.CURSOR.eq("3"))))
                    .as("the range was given back")
                    .isEqualTo(1);
        }
    }

    /** Longer than the server keeps an idle transaction and, from PostgreSQL 17 on, any transaction of a batch. */
    @Test
    void theServerKeepsTheTransactionOfARowThatTakesLong() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            Change slow = batch -> batch.update(ORDERS, row -> {
                if (++calls == 1) {
                    fresh.dsl().execute("select pg_sleep(1)");
                }
                row.set(CHANGES, row.get("changes", Integer.class) + 1);
            });
            try (Dispatcher registry = registry(
                    fresh,
                    false,
                    slow,
                    b -> b.claimTime(Duration.ofSeconds(1)).targetBatchTime(Duration.ofMillis(50)))) {
                worker.untilIdle();
                assertThat(registry.status().of(1).state())
                        .as(registry.status().of(1).error())
                        .isEqualTo(State.DONE);
                assertThat(calls).isEqualTo(ROWS);
            }
        }
    }
}
