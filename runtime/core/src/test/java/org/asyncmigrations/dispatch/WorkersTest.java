package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.fault.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many registries in one pool: none of them affects the others. */
@Timeout(120)
class WorkersTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Fresh fresh = TestDatabase.POSTGRES.fresh();
    private final Workers pool = Workers.shared(3);
    private final List<Dispatcher> registries = new ArrayList<>();
    private final CountDownLatch free = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        free.countDown();
        registries.forEach(Dispatcher::close);
        pool.close();
        fresh.close();
    }

    private RegistryBuilder<Dispatcher> tenant(String schema, TestCatalog catalog) {
        fresh.dsl().createSchemaIfNotExists(schema).execute();
        return catalog.on(fresh.dataSource()).stateSchema(schema).worker(pool.worker());
    }

    private Dispatch dispatched(RegistryBuilder<Dispatcher> builder) {
        Dispatcher registry = builder.build();
        registries.add(registry);
        return registry.dispatch();
    }

    private static Outcome outcome(Dispatch dispatch) {
        try {
            return dispatch.await(SOON);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A tenant whose code doesn't return before the test ends. */
    private Dispatch hung() throws InterruptedException {
        Dispatch dispatch = dispatched(tenant("hung", new TestCatalog().data(1, run -> {
                    held.countDown();
                    free.await();
                })));
        held.await();
        return dispatch;
    }

    @Test
    void threadsAreThoseOfThePoolWhateverTheNumberOfRegistries() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Supplier<TestCatalog> three = () -> {
            TestCatalog catalog = new TestCatalog();
            for (int version = 1; version <= 3; version++) {
                catalog.data(version, run -> threads.add(Thread.currentThread()));
            }
            return catalog;
        };
        List<Dispatch> all = new ArrayList<>();
        for (int tenant = 0; tenant < 25; tenant++) {
            all.add(dispatched(tenant("t" + tenant, three.get())));
        }
        assertThat(all).extracting(WorkersTest::outcome).containsOnly(Outcome.DONE);
        assertThat(threads).hasSizeBetween(1, 3);
    }

    @Test
    void aTenantThatHangsIsNamedAndHoldsUpNoOther() throws Exception {
        AtomicLong later = new AtomicLong();
        try (CapturedLog log = new CapturedLog()) {
            Dispatcher slow = tenant("hung", new TestCatalog().data(1, run -> {
                                held.countDown();
                                free.await();
                            }))
                    .clockShift(() -> Duration.ofMinutes(later.get()))
                    .beatenByHand(true)
                    .build();
            registries.add(slow);
            Dispatch dispatch = slow.dispatch();
            held.await();
            assertThat(outcome(dispatched(tenant("small", new TestCatalog().data(1, run -> {})))))
                    .isEqualTo(Outcome.DONE);

            later.set(2);
            slow.beat();
            String name = TestCatalog.class.getPackageName() + " [hung] has been in the same step for 2";
            assertThat(dispatch.message())
                    .startsWith("the work continues; thread async-migrations-")
                    .contains(name);
            assertThat(log.text()).contains(name, "CountDownLatch.await", "WorkersTest");
        }
    }

    @Test
    void aCloseWaitsForTheRegistrysOwnStepsOnly() throws Exception {
        Dispatch hung = hung();
        Dispatch other = dispatched(tenant("other", new TestCatalog().data(1, run -> {})));
        assertThat(outcome(other)).isEqualTo(Outcome.DONE);
        assertTimeout(SOON, () -> registries.remove(1).close());
        assertThat(hung.outcome()).isEqualTo(Outcome.RUNNING);
    }

    /** A backfill after its first batch. */
    private Dispatcher walking() throws InterruptedException {
        Customers.create(fresh.dsl(), 3_000);
        Dispatcher registry = tenant("walk", new TestCatalog().batch(1, new Customers.LowerEmails()))
                .targetBatchTime(Duration.ofMillis(5))
                .listener(new OnBatch(held::countDown))
                .build();
        registries.add(registry);
        registry.dispatch();
        held.await();
        return registry;
    }

    private record OnBatch(Runnable told) implements DispatchListener {
        @Override
        public void onEvent(MigrationEvent event) {}

        @Override
        public void onBatch(BatchEvent batch) {
            told.run();
        }
    }

    @Test
    void aRegistryThatIsBuiltAgainGoesOnInThePool() throws Exception {
        walking().close();
        Dispatch next = dispatched(tenant("walk", new TestCatalog().batch(1, new Customers.LowerEmails())));
        assertThat(outcome(next)).isEqualTo(Outcome.DONE);
        assertThat(Customers.wrong(fresh.dsl())).isZero();
    }

    @Test
    void aPoolThatIsClosedFirstEndsTheWorkAndNotTheRegistry() throws Exception {
        Dispatcher registry = walking();
        pool.close();
        assertThat(registry.status().of(1).now().owners()).isEmpty();
        assertThat(registry.status().of(1).attempts()).isZero();
        assertThatIllegalStateException().isThrownBy(registry::dispatch);
        assertThat(registry.work().isLive(registry.work().build())).isTrue();
    }

    @Test
    void aRegistryNeverHasAllOfThePool() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        AtomicInteger most = new AtomicInteger();
        Work busy = new IdleWork(8) {
            @Override
            public Step step(StopSignal stop) {
                most.incrementAndGet();
                two.countDown();
                awaitFree();
                return new Step(Step.Kind.FINISHED, Duration.ZERO, "");
            }
        };
        PoolWorker worker = (PoolWorker) pool.worker();
        worker.start(busy);
        worker.changed();
        two.await();
        assertThat(outcome(dispatched(tenant("small", new TestCatalog().data(1, run -> {})))))
                .isEqualTo(Outcome.DONE);
        assertThat(most).hasValue(2);
    }

    private void awaitFree() {
        try {
            free.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** If others wait for the thread, its step ends after at most a second, and it is their turn. */
    @Test
    void aRegistryThatAlwaysHasSomethingToDoTakesTurns() throws Exception {
        Workers one = Workers.shared(1);
        AtomicInteger turns = new AtomicInteger();
        one.worker().start(new IdleWork(2) {
            @Override
            public Step step(StopSignal stop) {
                turns.incrementAndGet();
                while (!stop.isStopped()) {
                    Thread.onSpinWait();
                }
                return new Step(Step.Kind.WORKED, Duration.ZERO, "");
            }
        });
        CountDownLatch done = new CountDownLatch(2);
        AtomicInteger before = new AtomicInteger();
        one.worker().start(new IdleWork(2) {
            @Override
            public Step step(StopSignal stop) {
                before.set(turns.get());
                done.countDown();
                return new Step(done.getCount() == 0 ? Step.Kind.FINISHED : Step.Kind.WORKED, Duration.ZERO, "");
            }
        });
        done.await();
        one.close();
        assertThat(before).hasValue(2);
    }

    @Test
    void manyRegistriesWithNothingToDoAskLessOften() {
        AtomicLong now = new AtomicLong();
        PoolWorker worker = new PoolWorker(pool, now::get);
        Duration poll = Duration.ofSeconds(2);
        for (int others = 0; others < 20; others++) {
            assertThat(worker.rest(poll)).isEqualTo(poll);
            now.addAndGet(Duration.ofSeconds(59).toNanos());
            assertThat(worker.rest(poll)).isEqualTo(poll);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(worker.rest(poll)).isEqualTo(poll);
            worker.changed();
            pool.enter(new PoolWorker(pool));
        }
        assertThat(worker.rest(poll)).isEqualTo(poll);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(worker.rest(poll)).isEqualTo(Duration.ofSeconds(15));
        assertThat(worker.rest(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        worker.changed();
        assertThat(worker.rest(poll)).isEqualTo(poll);
    }

    @Test
    void aPoolHasAThreadAtLeast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workers.shared(0))
                .withMessage("a pool must have 1 thread or more, but has 0");
    }
}
