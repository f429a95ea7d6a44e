package org.asyncmigrations.dispatch;

import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.jooq.impl.DSL.noCondition;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.state.StateTables;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A backfill of {@link Customers} whose state tables somebody edits, between two batches or while it rests. Used by one thread. */
final class HandBench implements AutoCloseable {
    private static final StateTables TABLES = TestTables.all();

    /** A row of version 1 in the migrations table or the ranges table. */
    private static final Field<Long> VERSION = DSL.field(DSL.name("version"), Long.class);

    private static final Duration LATER = Duration.ofMinutes(1);

    private final TestDatabase.Fresh fresh;
    private final Dispatcher registry;
    private final Dispatch dispatch;
    private final ManualWorker worker = new ManualWorker();
    private final Map<Integer, Runnable> edits = new HashMap<>();
    private Duration later = Duration.ZERO;
    private int batches;

    private HandBench(TestDatabase database, int rows, long firstBatch, boolean saysWhatIsPending) {
        fresh = database.fresh();
        Customers.create(fresh.dsl(), rows);
        fresh.dsl().update(CUSTOMERS).set(EMAIL, "Nobody").execute();
        MigrationEntry entry =
                MigrationEntry.async(1, "test.M1", saysWhatIsPending ? By.PENDING_ROWS : By.DECLARATION, "f1");
        registry = new TestCatalog()
                .with(entry, () -> saysWhatIsPending ? new Pending() : new All())
                .on(fresh.dataSource())
                .worker(worker)
                .targetBatchTime(Duration.ofMinutes(1))
                .clockShift(() -> later)
                .build();
        dispatch = registry.dispatch();
        worker.step();
        edit("batch_size", firstBatch);
    }

    /** {@return a backfill with a condition, so it finds rows that were left out; its 50 rows are one range and three batches} */
    static HandBench thatVerifies(TestDatabase database) {
        return new HandBench(database, 50, 12, true);
    }

    /** {@return a backfill without a condition, which would change a row twice if it walked it twice; the same 50 rows} */
    static HandBench ofEachRow(TestDatabase database) {
        return new HandBench(database, 50, 12, false);
    }

    /** {@return a backfill with two ranges, the first with 10,000 keys and more than three batches} */
    static HandBench ofTwoRanges(TestDatabase database, boolean saysWhatIsPending) {
        return new HandBench(database, 12_000, 600, saysWhatIsPending);
    }

    private class Pending extends Customers.LowerEmails {
        @Override
        public long migrate(RowBatch batch) throws Exception {
            long rows = super.migrate(batch);
            edits.getOrDefault(++batches, () -> {}).run();
            return rows;
        }
    }

    private final class All extends Pending {
        @Override
        public Condition pending() {
            return noCondition();
        }
    }

    DSLContext dsl() {
        return fresh.dsl();
    }

    /** Does something in the middle of a batch, without the batch's knowledge. */
    HandBench inBatch(int number, Runnable edit) {
        edits.put(number, edit);
        return this;
    }

    /** Writes into the migration's row. */
    void edit(String column, @Nullable Object value) {
        write(TABLES.migrations(), column, value);
    }

    /** Writes into its ranges' rows. */
    void editRanges(String column, @Nullable Object value) {
        write(TABLES.ranges(), column, value);
    }

    private void write(Table<?> table, String column, @Nullable Object value) {
        Field<Object> field = DSL.field(DSL.name(column));
        Field<Object> written = value == null ? DSL.field("null") : DSL.val(value);
        fresh.dsl()
                .update(table)
                .set(Map.of(field, written))
                .where(VERSION.eq(1L))
                .execute();
    }

    void deleteRow() {
        fresh.dsl().deleteFrom(TABLES.migrations()).execute();
    }

    void dropTables() {
        TABLES.all().forEach(table -> fresh.dsl().dropTable(table).execute());
    }

    int instances() {
        return fresh.dsl().fetchCount(TABLES.instances());
    }

    void deleteRanges() {
        fresh.dsl().deleteFrom(TABLES.ranges()).execute();
    }

    int ranges() {
        return fresh.dsl().fetchCount(TABLES.ranges());
    }

    /** Works until nothing continues without an order, skipping waits. {@return the outcome} */
    Outcome run() {
        for (int round = 0; round < 5 && worker.untilIdle() != Step.Kind.FINISHED; round++) {
            later = later.plus(LATER);
        }
        return dispatch.outcome();
    }

    /** {@return what a user sees: the dispatch's message and the migration's error} */
    String said() {
        return dispatch.message() + "\n" + registry.status().of(1).error();
    }

    MigrationHandle migration() {
        return registry.migration(1);
    }

    /** {@return the number of rows for each number of changes} */
    Map<Integer, Integer> changes() {
        return new TreeMap<>(fresh.dsl()
                .select(CHANGES, DSL.count())
                .from(CUSTOMERS)
                .groupBy(CHANGES)
                .fetchMap(CHANGES, DSL.count()));
    }

    boolean happened(String event) {
        var events = TABLES.events();
        return fresh.dsl().fetchExists(events, events.EVENT.eq(event));
    }

    @Override
    public void close() {
        registry.close();
        fresh.close();
    }
}
