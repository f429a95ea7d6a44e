package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.Throttle;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;

/** A PostgreSQL table without any key, walked by the position of its rows. */
class PositionWalkTest {
    private static final int ROWS = 20_000;
    private static final Table<Record> READINGS = table(name("readings"));
    private static final Field<String> RAW = field(name("readings", "raw"), SQLDataType.CLOB);
    private static final Field<Integer> CELSIUS = field(name("readings", "celsius"), SQLDataType.INTEGER);
    private static final Field<Integer> TOUCHED = field(name("readings", "touched"), SQLDataType.INTEGER);
    private static final Field<Integer> CHANGES = field(name("readings", "changes"), SQLDataType.INTEGER);

    private static final String SOME_ROWS = "update readings set touched = touched + 1 where ctid = any (array("
            + "select ctid from readings tablesample system (5) where random() < 0.02))";

    /** What a migration does with a batch. */
    @FunctionalInterface
    private interface Change {
        long on(RowBatch batch) throws Exception;
    }

    private record Readings(Condition pending, Change change) implements BatchMigration {
        Readings(Change change) {
            this(CELSIUS.isNull(), change);
        }

        @Override
        public BatchKey key() {
            return BatchKey.byPosition(READINGS);
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return change.on(batch);
        }
    }

    private static long convert(RowBatch batch) {
        return batch.dsl()
                .update(READINGS)
                .set(CELSIUS, RAW.cast(Integer.class))
                .set(CHANGES, CHANGES.plus(1))
                .where(batch.rows())
                .execute();
    }

    private static long convertInJava(RowBatch batch) throws Exception {
        return batch.update(READINGS, row -> {
            row.set(CELSIUS, Integer.valueOf(row.get("raw", String.class)));
            row.set(CHANGES, row.get("changes", Integer.class) + 1);
        });
    }

    @Test
    void threeWorkersChangeEachRowOnceWhileTheApplicationMovesRows() throws Exception {
        assertAllChangedOnceBesideUpdates(PositionWalkTest::convert);
    }

    @Test
    void threeWorkersChangeEachRowOnceInJavaWhileTheApplicationMovesRows() throws Exception {
        assertAllChangedOnceBesideUpdates(PositionWalkTest::convertInJava);
    }

    private static void assertAllChangedOnceBesideUpdates(Change change) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger moved = new AtomicInteger();
        try (Fresh fresh = readings(ROWS);
                Dispatcher registry = build(new Readings(change), "f1")
                        .on(fresh.dataSource())
                        .threads(3)
                        .build()) {
            CompletableFuture<Void> application = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    moved.addAndGet(fresh.dsl().execute(SOME_ROWS));
                }
            });
            Dispatch dispatch = registry.dispatch();
            assertThat(dispatch.await(TroubleBench.LONG)).as(dispatch.message()).isEqualTo(Outcome.DONE);
            over.set(true);
            application.join();
            assertThat(moved).hasPositiveValue();
            assertEachChangedOnce(fresh.dsl(), ROWS);
            assertThat(registry.migration(1).rejects()).isEmpty();
        }
    }

    @Test
    void anotherWorkerGoesOnAtTheCursor() throws Exception {
        try (Fresh fresh = readings(ROWS)) {
            ManualWorker worker = new ManualWorker();
            AtomicInteger left = new AtomicInteger(3);
            try (Dispatcher registry = build(new Readings(PositionWalkTest::convert), "f1")
                    .on(fresh.dataSource())
                    .worker(worker)
                    .throttle(run -> left.getAndDecrement() > 0 ? Answer.goOn() : Answer.notNow("enough"))
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.PROCESSING);
                assertThat(fresh.dsl().fetchCount(READINGS, CHANGES.eq(1))).isBetween(1, ROWS - 1);
            }
            Seen seen = run(fresh, new Readings(PositionWalkTest::convert));
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertEachChangedOnce(fresh.dsl(), ROWS);
        }
    }

    @Test
    void aTableThatIsRewrittenInTheMiddleIsChangedOnce() {
        AtomicInteger batches = new AtomicInteger();
        ManualWorker worker = new ManualWorker();
        try (Fresh fresh = readings(ROWS)) {
            Throttle rewriting = run -> {
                if (batches.incrementAndGet() == 4) {
                    fresh.dsl().execute("create index by_raw on readings (raw)");
                    fresh.dsl().execute("cluster readings using by_raw");
                }
                return Answer.goOn();
            };
            try (Dispatcher registry = build(new Readings(PositionWalkTest::convert), "f1")
                    .on(fresh.dataSource())
                    .worker(worker)
                    .throttle(rewriting)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
                assertThat(batches).hasValueGreaterThan(4);
                assertEachChangedOnce(fresh.dsl(), ROWS);
            }
        }
    }

    @Test
    void rowsAreDeleted() throws Exception {
        try (Fresh fresh = readings(ROWS)) {
            Seen seen = run(
                    fresh,
                    new Readings(
                            RAW.like("%3"),
                            batch -> batch.dsl()
                                    .deleteFrom(READINGS)
                                    .where(batch.rows())
                                    .execute()));
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchCount(READINGS)).isEqualTo(ROWS / 10 * 9);
            assertThat(seen.of(1).progress().rowsDone()).isEqualTo(ROWS / 10);
        }
    }

    @Test
    void emptyPagesAreCrossed() throws Exception {
        try (Fresh fresh = readings(ROWS)) {
            fresh.dsl().execute("alter table readings set (autovacuum_enabled = false)");
            fresh.dsl()
                    .deleteFrom(READINGS)
                    .where(RAW.cast(Integer.class).between(100, ROWS - 100))
                    .execute();
            Seen seen = run(fresh, new Readings(PositionWalkTest::convert));
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertEachChangedOnce(fresh.dsl(), 199);
        }
    }

    @Test
    void poisonRowsAreSetAsideByTheirPositionAndFoundByPendingWhereTheyAreMended() throws Exception {
        poisonRowsAreSetAside(PositionWalkTest::convert);
    }

    @Test
    void poisonRowsAreSetAsideInJavaToo() throws Exception {
        poisonRowsAreSetAside(PositionWalkTest::convertInJava);
    }

    private static void poisonRowsAreSetAside(Change change) throws Exception {
        try (Fresh fresh = readings(3_000);
                Dispatcher registry = build(new Readings(change), "f1")
                        .on(fresh.dataSource())
                        .maxAttempts(1)
                        .build()) {
            Condition poison = RAW.in("0", "777", "778", "2999");
            fresh.dsl().update(READINGS).set(RAW, RAW.concat("?")).where(poison).execute();
            List<String> places = fresh.dsl()
                    .select(field("ctid::text", String.class))
                    .from(READINGS)
                    .where(RAW.like("%?"))
                    .fetch()
                    .getValues(0, String.class);
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects())
                    .extracting(RejectedRow::key)
                    .containsExactlyInAnyOrderElementsOf(places);
            assertThat(fresh.dsl().fetchCount(READINGS, CHANGES.eq(1))).isEqualTo(3_000 - 4);
            fresh.dsl()
                    .update(READINGS)
                    .set(RAW, field("rtrim({0}, '?')", String.class, RAW))
                    .where(RAW.like("%?"))
                    .execute();
            assertThat(registry.migration(1).retry()).isTrue();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            assertThat(registry.migration(1).rejects()).isEmpty();
            assertEachChangedOnce(fresh.dsl(), 3_000);
        }
    }

    @Test
    void rejectsAreNotAcceptedByTheirPosition() throws Exception {
        try (Fresh fresh = readings(300);
                Dispatcher registry = build(new Readings(PositionWalkTest::convert), "f1")
                        .on(fresh.dataSource())
                        .maxAttempts(1)
                        .build()) {
            fresh.dsl().update(READINGS).set(RAW, "?").where(RAW.eq("7")).execute();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThatThrownBy(() -> registry.migration(1).acceptRejects("unreadable"))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("which another row may soon take; exclude them in pending() and deploy that");
            assertThat(registry.migration(1).state()).isEqualTo(State.FAILED);
            assertThat(registry.migration(1).rejects())
                    .hasSize(1)
                    .allMatch(row -> row.accepted() == null && row.attempts() == 1);
        }
    }

    @Test
    void aRowThatStaysPendingAlthoughItWasMovedIsSetAsideWhereItWas() throws Exception {
        try (Fresh fresh = readings(3_000);
                Dispatcher registry = build(new Readings(PositionWalkTest::blankStaysBlank), "f1")
                        .on(fresh.dataSource())
                        .maxAttempts(1)
                        .build()) {
            fresh.dsl().update(READINGS).set(RAW, "").where(RAW.in("5", "1500")).execute();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            List<RejectedRow> rejects = registry.migration(1).rejects();
            assertThat(rejects).hasSize(2).allMatch(row -> row.error().startsWith("still pending after migrate()"));
            assertThat(fresh.dsl().fetch(READINGS, RAW.eq("")).getValues(CHANGES))
                    .containsExactly(0, 0);
            assertThat(registry.migration(1).retry()).isTrue();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects()).hasSize(2).allMatch(row -> row.attempts() == 2);
        }
    }

    @Test
    void whereAllRowsStayPendingItIsTheCodesFault() throws Exception {
        try (Fresh fresh = readings(3_000)) {
            fresh.dsl().update(READINGS).set(RAW, "").execute();
            Seen seen = run(fresh, new Readings(PositionWalkTest::blankStaysBlank));
            assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
            assertThat(seen.error(1)).contains("10 rows in a row", "still pending after migrate()");
        }
    }

    private static long blankStaysBlank(RowBatch batch) {
        return batch.dsl()
                .update(READINGS)
                .set(CELSIUS, field("nullif({0}, '')::int", Integer.class, RAW))
                .set(CHANGES, CHANGES.plus(1))
                .where(batch.rows())
                .execute();
    }

    @Test
    void slowRowsEndABatchEarlyAndTheNextHasAsManyAsFit() {
        ManualWorker worker = new ManualWorker();
        AtomicInteger rows = new AtomicInteger();
        List<Integer> batches = new ArrayList<>();
        Change slowly = batch -> {
            int before = rows.get();
            long changed = batch.update(READINGS, row -> {
                // Each row takes three batch times.
                rows.incrementAndGet();
                row.set(CELSIUS, Integer.valueOf(row.get("raw", String.class)));
                row.set(CHANGES, row.get("changes", Integer.class) + 1);
            });
            batches.add(rows.get() - before);
            return changed;
        };
        try (Fresh fresh = readings(40);
                Dispatcher registry = build(new Readings(slowly), "f1")
                        .on(fresh.dataSource())
                        .clockShift(() -> Duration.ofMillis(300L * rows.get()))
                        .worker(worker)
                        .build()) {
            registry.dispatch();
            worker.untilIdle();
            assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
            assertThat(batches).startsWith(2, 1, 1).allMatch(size -> size <= 2);
            assertEachChangedOnce(fresh.dsl(), 40);
        }
    }

    @Test
    void aMigrateThatForgetsItsBatchIsRefused() throws Exception {
        try (Fresh fresh = readings(3_000)) {
            Seen seen = run(fresh, new Readings(batch -> {
                batch.rows();
                return batch.dsl().update(READINGS).set(CELSIUS, inline(1)).execute();
            }));
            assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
            assertThat(seen.error(1)).contains("where(batch.rows())");
            assertThat(fresh.dsl().fetchCount(READINGS, CELSIUS.isNotNull())).isZero();
        }
    }

    @Test
    void withoutPendingItIsRefused() throws Exception {
        try (Fresh fresh = readings(10)) {
            Seen seen = run(fresh, new Readings(noCondition(), PositionWalkTest::convert));
            assertThat(seen.error(1)).contains("a walk of \"readings\" by position needs pending()");
            assertThat(fresh.dsl().fetchCount(READINGS, CHANGES.ne(0))).isZero();
        }
    }

    @Test
    void aPlanAndATrialNeedNoKey() {
        try (Fresh fresh = readings(ROWS);
                Dispatcher registry = build(new Readings(PositionWalkTest::convert), "f1")
                        .on(fresh.dataSource())
                        .build()) {
            BackfillPlan plan = registry.migration(1).trial();
            assertThat(plan.walk().key()).isEmpty();
            assertThat(plan.walk().batchEnd().plan()).contains("Tid Range Scan");
            assertThat(plan.walk().batchRows().plan()).contains("Tid Range Scan");
            assertThat(plan.pace().time()).isNotNull();
            assertThat(plan.toString()).contains("key      none, by position");
            assertThat(fresh.dsl().fetchCount(READINGS, CHANGES.ne(0))).isZero();
        }
    }

    private static void assertEachChangedOnce(DSLContext dsl, int rows) {
        assertThat(dsl.fetchCount(READINGS)).isEqualTo(rows);
        assertThat(dsl.fetchCount(READINGS, CHANGES.ne(1).or(CELSIUS.isDistinctFrom(RAW.cast(Integer.class)))))
                .isZero();
    }

    private static Fresh readings(int rows) {
        Fresh fresh = TestDatabase.POSTGRES.fresh();
        fresh.dsl()
                .execute("create table readings (raw text, celsius int, touched int not null default 0,"
                        + " changes int not null default 0)");
        for (int from = 0; from < rows; from += 1_000) {
            var insert = fresh.dsl().insertInto(READINGS, RAW);
            IntStream.range(from, Math.min(rows, from + 1_000)).forEach(i -> insert.values(String.valueOf(i)));
            insert.execute();
        }
        fresh.dsl().execute("analyze readings");
        return fresh;
    }

    private static TestCatalog build(BatchMigration migration, String fingerprint) {
        return new TestCatalog()
                .with(MigrationEntry.async(1, "test.M1", By.PENDING_ROWS, fingerprint), () -> migration);
    }

    private static Seen run(Fresh fresh, BatchMigration migration) throws InterruptedException {
        return TroubleBench.run(fresh.dataSource(), build(migration, "f1"));
    }
}
