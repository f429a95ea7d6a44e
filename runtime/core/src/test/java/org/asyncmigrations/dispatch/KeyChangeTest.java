package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.state.SchemaMigrations;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A walk whose key has changed: what is known about the walk is no longer valid, and no row is skipped because of it. */
class KeyChangeTest {
    private static final int ROWS = 3_000;
    private static final int PENDING = ROWS / 10 * 9;

    /** Grows as the id decreases. */
    private static final Field<Integer> PLACE = field(name("customers", "place"), SQLDataType.INTEGER);

    /** Counts the rows that it has changed, and fails when it is told to. */
    private static class Lower extends Customers.LowerEmails {
        private final AtomicLong changed = new AtomicLong();
        private final AtomicInteger calls = new AtomicInteger();
        private final BatchKey key;
        private final int failingCall;

        Lower(Field<?> key, int failingCall) {
            this.key = BatchKey.of(CUSTOMERS, key);
            this.failingCall = failingCall;
        }

        boolean hasChangedSome() {
            return changed.get() > 0;
        }

        @Override
        public BatchKey key() {
            return key;
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            if (calls.incrementAndGet() == failingCall) {
                throw new IllegalStateException("not yet");
            }
            long rows = super.migrate(batch);
            changed.addAndGet(rows);
            return rows;
        }
    }

    /** Walks all rows. */
    private static final class LowerAll extends Lower {
        LowerAll(Field<?> key, int failingCall) {
            super(key, failingCall);
        }

        @Override
        public Condition pending() {
            return noCondition();
        }
    }

    private static Fresh customers(TestDatabase database, boolean isUnique) {
        Fresh fresh = database.fresh();
        Customers.create(fresh.dsl(), ROWS);
        fresh.dsl()
                .alterTable(CUSTOMERS)
                .addColumn("place", SQLDataType.INTEGER.nullable(false).defaultValue(0))
                .execute();
        fresh.dsl()
                .update(CUSTOMERS)
                .set(PLACE, Customers.ID.cast(Integer.class).neg().plus(10_000))
                .execute();
        if (isUnique) {
            fresh.dsl().createUniqueIndex("by_place").on("customers", "place").execute();
        }
        return fresh;
    }

    private static TestCatalog build(Lower migration, String fingerprint) {
        return new TestCatalog()
                .with(MigrationEntry.async(1, "test.M1", By.PENDING_ROWS, fingerprint), () -> migration);
    }

    private static Seen run(Fresh fresh, Lower migration, String fingerprint) throws InterruptedException {
        return TroubleBench.run(fresh.dataSource(), build(migration, fingerprint), builder -> builder.threads(1));
    }

    private static void assertAllChanged(Fresh fresh) {
        assertThat(fresh.dsl().fetchCount(CUSTOMERS, EMAIL_LOWER.eq(lower(EMAIL))))
                .isEqualTo(PENDING);
    }

    private static String walkKey(Fresh fresh) {
        SchemaMigrations<?> t = TestTables.all().migrations();
        return String.valueOf(fresh.dsl().select(t.WALK_KEY).from(t).fetchOne(t.WALK_KEY))
                .toLowerCase(java.util.Locale.ROOT);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void newCodeWithAnotherKeyWalksAllThatIsLeft(TestDatabase database) throws Exception {
        for (boolean isUnique : new boolean[] {false, true}) {
            try (Fresh fresh = customers(database, isUnique)) {
                Lower old = new Lower(Customers.ID, 3);
                assertThat(run(fresh, old, "old").outcome()).isEqualTo(Outcome.FAILED);
                assertThat(walkKey(fresh)).contains("customers", "(id integer");
                Lower mended = new Lower(PLACE, 0);
                Seen seen = run(fresh, mended, "new");
                assertThat(seen.outcome()).as(seen.error(1)).isEqualTo(Outcome.DONE);
                assertThat(walkKey(fresh)).contains("(place int").doesNotContain("(id");
                assertAllChanged(fresh);
                assertThat(old.changed.get() + mended.changed.get()).isEqualTo(PENDING);
                assertThat(seen.of(1).progress().rowsDone()).isEqualTo(PENDING);
            }
        }
    }

    /** The next node's code takes over the work while a range of the first node is open. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aWalkThatIsTakenUpInTheMiddleBeginsAnewByTheNewKey(TestDatabase database) throws Exception {
        AtomicInteger left = new AtomicInteger(2);
        try (Fresh fresh = customers(database, true)) {
            ManualWorker first = new ManualWorker();
            try (Dispatcher old = build(new Lower(Customers.ID, 0), "old")
                    .on(fresh.dataSource())
                    .worker(first)
                    .throttle(run -> run.lastBatch().isZero() || left.decrementAndGet() > 0
                            ? org.asyncmigrations.throttle.Answer.goOn()
                            : org.asyncmigrations.throttle.Answer.notNow("enough"))
                    .build()) {
                old.dispatch();
                first.untilIdle();
                assertThat(old.status().of(1).state()).isEqualTo(State.PROCESSING);
            }
            Seen seen = run(fresh, new Lower(PLACE, 0), "new");
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertAllChanged(fresh);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void withoutPendingNoRowIsTouchedAndTheOldKeyGoesOn(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database, true)) {
            Lower old = new LowerAll(Customers.ID, 2);
            run(fresh, old, "old");
            long changed = old.changed.get();
            assertThat(changed).isPositive();
            Lower other = new LowerAll(PLACE, 0);
            Seen seen = run(fresh, other, "new");
            assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
            assertThat(seen.error(1))
                    .contains("its code now has the key", "without pending()", "delete the migration's row");
            assertThat(other.calls).hasValue(0);
            Lower again = new LowerAll(Customers.ID, 0);
            assertThat(run(fresh, again, "newest").outcome()).isEqualTo(Outcome.DONE);
            assertThat(changed + again.changed.get()).as("each row once").isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void withoutPendingAWalkThatHasDoneNothingYetMayHaveAnotherKey(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database, false)) {
            run(fresh, new LowerAll(Customers.ID, 1), "old");
            Lower mended = new LowerAll(PLACE, 0);
            Seen seen = run(fresh, mended, "new");
            assertThat(seen.outcome()).as(seen.error(1)).isEqualTo(Outcome.DONE);
            assertThat(mended.changed).hasValue(ROWS);
        }
    }

    /** The fingerprint stays the same: code in another file has changed, or a new index has changed the key. */
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aWorkerOfTheOldKeyCannotCommitOnceTheWalkHasBegunAnew(TestDatabase database) throws Exception {
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thawed = new CountDownLatch(1);
        Lower slow = new Lower(Customers.ID, 0) {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                if (frozen.getCount() == 1 && hasChangedSome()) {
                    frozen.countDown();
                    thawed.await();
                }
                return super.migrate(batch);
            }
        };
        try (Fresh fresh = customers(database, true);
                Dispatcher one =
                        build(slow, "same").on(fresh.dataSource()).threads(1).build();
                Dispatcher two = build(new Lower(PLACE, 0), "same")
                        .on(fresh.dataSource())
                        .build()) {
            one.dispatch();
            assertThat(frozen.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(two.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            thawed.countDown();
            assertThat(one.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
            assertThat(one.status().of(1).progress().rowsDone()).isEqualTo(PENDING);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPlanByTheNewKeyIsOfTheWholeTable(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database, false)) {
            run(fresh, new Lower(Customers.ID, 3), "old");
            try (Dispatcher registry =
                    build(new Lower(PLACE, 0), "new").on(fresh.dataSource()).build()) {
                assertThat(registry.migration(1).plan().size().walked()).isZero();
                assertThat(registry.migration(1).trial().walk().key())
                        .map(column -> column.toLowerCase(java.util.Locale.ROOT))
                        .containsExactly("place", "id");
            }
        }
    }
}
