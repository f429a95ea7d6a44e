package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.throttle.Answer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table that is walked from its highest key to its lowest. */
class DescendingWalkTest {
    private static final int ROWS = 3_000;
    private static final long HIGHEST = (ROWS - 1) * 3L + 1;

    /** Newest first. */
    private static class Downwards extends Customers.LowerEmails {
        @Override
        public BatchKey key() {
            return super.key().descending();
        }
    }

    /** All rows, so that a second change of a row is visible. */
    private static class AllDownwards extends Downwards {
        @Override
        public Condition pending() {
            return noCondition();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHighestKeysAreChangedFirst(TestDatabase database) {
        ManualWorker worker = new ManualWorker();
        AtomicInteger batches = new AtomicInteger();
        try (Fresh fresh = customers(database);
                Dispatcher registry = build(new AllDownwards(), "f1")
                        .on(fresh.dataSource())
                        .worker(worker)
                        .throttle(run -> batches.incrementAndGet() > 2 ? Answer.notNow("enough") : Answer.goOn())
                        .build()) {
            registry.dispatch();
            worker.untilIdle();
            int changed = fresh.dsl().fetchCount(CUSTOMERS, CHANGES.eq(1));
            assertThat(changed).isBetween(1, ROWS - 1);
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.eq(1).and(ID.gt(HIGHEST - 3L * changed))))
                    .isEqualTo(changed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherWorkerGoesOnAtTheCursorAndChangesNoRowTwice(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database)) {
            interrupted(fresh, new AllDownwards());
            Seen seen = TroubleBench.run(fresh.dataSource(), build(new AllDownwards(), "f1"), b -> b.threads(3));
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.ne(1))).isZero();
            assertThat(seen.of(1).progress().rowsDone()).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalWorkersChangeEachRowOfAShuffledCompositeKeyOnce(TestDatabase database) throws Exception {
        int rows = 12_000;
        Table<Record> table = table(name("entries"));
        Field<String> tenant = field(name("entries", "tenant"), SQLDataType.VARCHAR(9));
        Field<Integer> number = field(name("entries", "number"), SQLDataType.INTEGER);
        Field<Integer> changes = field(name("entries", "changes"), SQLDataType.INTEGER);
        try (Fresh fresh = database.fresh()) {
            fresh.dsl()
                    .createTable(table)
                    .column("tenant", SQLDataType.VARCHAR(9).nullable(false))
                    .column("number", SQLDataType.INTEGER.nullable(false))
                    .column("changes", SQLDataType.INTEGER.nullable(false))
                    .primaryKey("tenant", "number")
                    .execute();
            List<Integer> shuffled =
                    new ArrayList<>(IntStream.range(0, rows).boxed().toList());
            Collections.shuffle(shuffled, new Random(4));
            for (int from = 0; from < rows; from += 1_000) {
                var insert = fresh.dsl().insertInto(table, tenant, number, changes);
                shuffled.subList(from, from + 1_000).forEach(i -> insert.values("t" + i % 7, i, 0));
                insert.execute();
            }
            BatchMigration migration = new BatchMigration() {
                @Override
                public BatchKey key() {
                    return BatchKey.of(table, tenant, number).descending();
                }

                @Override
                public long migrate(RowBatch batch) {
                    return batch.dsl()
                            .update(table)
                            .set(changes, changes.plus(1))
                            .where(batch.rows())
                            .execute();
                }
            };
            Seen seen = TroubleBench.run(
                    fresh.dataSource(),
                    new TestCatalog().with(MigrationEntry.async(1, "test.M1", By.TRANSACTION, "f1"), () -> migration),
                    builder -> builder.threads(3).targetBatchTime(Duration.ofMillis(10)));
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchCount(table, changes.ne(1))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowInsertedAboveTheBeginningIsFoundWhereTheMigrationSaysWhatIsPending(TestDatabase database)
            throws Exception {
        try (Fresh fresh = customers(database)) {
            Seen seen = run(fresh, insertingAbove(fresh.dsl(), true));
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowInsertedAboveTheBeginningStaysAsItIsWithoutPending(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database)) {
            assertThat(run(fresh, insertingAbove(fresh.dsl(), false)).outcome()).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetch(CUSTOMERS, CHANGES.ne(1)).getValues(ID))
                    .containsExactly(HIGHEST + 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void poisonRowsAreSetAsideAndAllOthersChangedOnce(TestDatabase database) throws Exception {
        List<Long> poison = List.of(HIGHEST, HIGHEST - 3, HIGHEST - 500 * 3, 7L);
        BatchMigration picky = new Downwards() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                return batch.update(CUSTOMERS, row -> {
                    if (poison.contains(row.get("id", Long.class))) {
                        throw new IllegalArgumentException("no spelling");
                    }
                    row.set(EMAIL_LOWER, row.get("email", String.class).toLowerCase(Locale.ROOT));
                    row.set(CHANGES, row.get("changes", Integer.class) + 1);
                });
            }
        };
        try (Fresh fresh = customers(database);
                Dispatcher registry =
                        build(picky, "f1").on(fresh.dataSource()).maxAttempts(1).build()) {
            fresh.dsl()
                    .update(CUSTOMERS)
                    .set(EMAIL, "Poison")
                    .where(ID.in(poison))
                    .execute();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects())
                    .extracting(RejectedRow::key)
                    .containsExactlyInAnyOrderElementsOf(
                            poison.stream().map(String::valueOf).toList());
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.eq(1)))
                    .isEqualTo(fresh.dsl().fetchCount(CUSTOMERS, EMAIL.isNotNull()) - poison.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherDirectionInTheMiddleBeginsAnewWithPending(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database)) {
            interrupted(fresh, new Downwards());
            Seen seen = TroubleBench.run(fresh.dataSource(), build(new Customers.LowerEmails(), "f2"));
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherDirectionInTheMiddleIsRefusedWithoutPending(TestDatabase database) throws Exception {
        BatchMigration upwards = new AllDownwards() {
            @Override
            public BatchKey key() {
                return BatchKey.of(CUSTOMERS, ID);
            }
        };
        try (Fresh fresh = customers(database)) {
            interrupted(fresh, new AllDownwards());
            Seen seen = TroubleBench.run(fresh.dataSource(), build(upwards, "f2"));
            assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
            assertThat(seen.error(1)).contains("its code now has the key", ") descending", "without pending()");
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.gt(1))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePlanNamesTheDirectionAndUsesTheIndexOfTheKey(TestDatabase database) {
        try (Fresh fresh = PlanTest.customers(database, 12_000);
                Dispatcher registry =
                        build(new Downwards(), "f1").on(fresh.dataSource()).build()) {
            BackfillPlan plan = registry.migration(1).trial();
            assertThat(plan.walk().key()).containsExactly("id desc");
            assertThat(plan.walk().index()).isNotNull();
            assertThat(plan.walk().usesIndex()).as(plan.toString()).isTrue();
            assertThat(plan.pace().time()).isNotNull();
        }
    }

    private static BatchMigration insertingAbove(DSLContext dsl, boolean hasPending) {
        AtomicInteger calls = new AtomicInteger();
        return new Downwards() {
            @Override
            public Condition pending() {
                return hasPending ? super.pending() : noCondition();
            }

            @Override
            public long migrate(RowBatch batch) throws Exception {
                if (calls.incrementAndGet() == 2) {
                    dsl.insertInto(CUSTOMERS, ID, EMAIL, CHANGES)
                            .values(HIGHEST + 3, "New@Example.ORG", 0)
                            .execute();
                }
                return super.migrate(batch);
            }
        };
    }

    private static Fresh customers(TestDatabase database) {
        Fresh fresh = database.fresh();
        Customers.create(fresh.dsl(), ROWS);
        return fresh;
    }

    private static TestCatalog build(BatchMigration migration, String fingerprint) {
        return new TestCatalog()
                .with(MigrationEntry.async(1, "test.M1", By.PENDING_ROWS, fingerprint), () -> migration);
    }

    private static Seen run(Fresh fresh, BatchMigration migration) throws InterruptedException {
        return TroubleBench.run(fresh.dataSource(), build(migration, "f1"), builder -> builder.threads(1));
    }

    /** Leaves a partly walked range and a claim that nobody renews. */
    private static void interrupted(Fresh fresh, BatchMigration migration) {
        ManualWorker worker = new ManualWorker();
        AtomicInteger left = new AtomicInteger(2);
        try (Dispatcher registry = build(migration, "f1")
                .on(fresh.dataSource())
                .worker(worker)
                .throttle(run -> run.lastBatch().isZero() || left.decrementAndGet() > 0
                        ? Answer.goOn()
                        : Answer.notNow("enough"))
                .build()) {
            registry.dispatch();
            worker.untilIdle();
            assertThat(registry.status().of(1).state()).isEqualTo(State.PROCESSING);
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.eq(1))).isBetween(1, ROWS - 1);
        }
    }
}
