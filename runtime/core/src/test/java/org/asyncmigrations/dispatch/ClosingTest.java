package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.fault.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may close a registry, and what a close waits for. */
@Timeout(120)
class ClosingTest {
    /** Much less than the minute that a close waits for a worker, and much more than a close needs. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicReference<Dispatcher> registry = new AtomicReference<>();
    private final AtomicBoolean once = new AtomicBoolean();

    private RegistryBuilder<Dispatcher> builder(Fresh database) {
        return new TestCatalog().data(1, run -> {}).data(2, run -> {}).on(database.dataSource());
    }

    private Dispatch dispatched(RegistryBuilder<Dispatcher> builder) {
        registry.set(builder.build());
        return registry.get().dispatch();
    }

    /** {@return a listener that does something at the first event, and completes the future with the time it took} */
    private DispatchListener atFirst(Runnable what, CompletableFuture<Duration> took) {
        return event -> {
            if (once.compareAndSet(false, true)) {
                long begun = System.nanoTime();
                what.run();
                took.complete(Duration.ofNanos(System.nanoTime() - begun));
            }
        };
    }

    private static boolean isLeaving(Fresh database) {
        var instances = TestTables.all().instances();
        List<?> leaving =
                database.dsl().select(instances.LEAVING_AT).from(instances).fetch(instances.LEAVING_AT);
        return leaving.size() == 1 && leaving.get(0) != null;
    }

    private static int connectionsInUse(Fresh database) {
        return ((HikariDataSource) database.dataSource()).getHikariPoolMXBean().getActiveConnections();
    }

    @Test
    void aListenerClosesOnItsOwnThread() throws Exception {
        CompletableFuture<Duration> took = new CompletableFuture<>();
        try (Fresh database = TestDatabase.H2.fresh()) {
            Dispatch dispatch = dispatched(
                    builder(database).listener(atFirst(() -> registry.get().close(), took)));
            assertThat(took.get(SOON.toSeconds(), TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(2));
            assertThat(dispatch.await(SOON)).isEqualTo(Outcome.CLOSED);
            assertThat(isLeaving(database)).isTrue();
            assertThat(connectionsInUse(database)).isZero();
        }
    }

    @Test
    void aListenerWaitsForAnotherThreadThatCloses() throws Exception {
        CompletableFuture<Duration> took = new CompletableFuture<>();
        Runnable onAnother =
                () -> CompletableFuture.runAsync(() -> registry.get().close(), new OwnThreads())
                        .join();
        try (Fresh database = TestDatabase.H2.fresh()) {
            Dispatch dispatch = dispatched(builder(database).listener(atFirst(onAnother, took)));
            assertThat(took.get(SOON.toSeconds(), TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(10));
            assertThat(dispatch.await(SOON)).isEqualTo(Outcome.CLOSED);
            assertThat(isLeaving(database)).isTrue();
        }
    }

    @Test
    void aMigrationCloses() throws Exception {
        try (Fresh database = TestDatabase.H2.fresh()) {
            TestCatalog catalog =
                    new TestCatalog().data(1, run -> registry.get().close()).data(2, run -> {});
            Dispatch dispatch = dispatched(catalog.on(database.dataSource()));
            assertThat(dispatch.await(SOON)).isEqualTo(Outcome.CLOSED);
            assertThat(isLeaving(database)).isTrue();
        }
    }

    /** The worker's own close doesn't wait for its step. The instance stays until the step has ended. */
    @Test
    void theInstanceLeavesWhenTheStepHasEnded() throws Exception {
        ManualWorker worker = new ManualWorker();
        List<Boolean> left = new ArrayList<>();
        try (Fresh database = TestDatabase.H2.fresh()) {
            Thread[] ends = new Thread[1];
            Runnable closing = () -> {
                registry.get().close();
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("async-migrations-end"))
                        .forEach(thread -> ends[0] = thread);
                uninterruptibly(() -> TroubleBench.awaitUntil(() -> isWaiting(ends[0]) || !ends[0].isAlive()));
                left.add(isLeaving(database));
            };
            Dispatch dispatch =
                    dispatched(builder(database).worker(worker).listener(atFirst(closing, new CompletableFuture<>())));
            worker.untilIdle();
            assertThat(left).containsExactly(false);
            assertThat(dispatch.await(SOON)).isEqualTo(Outcome.CLOSED);
            assertThat(isLeaving(database)).isTrue();
        }
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private static void uninterruptibly(Waiting waiting) {
        try {
            waiting.run();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Ends when it is told to. */
    private static class SlowWorker extends NoWorker {
        final CountDownLatch closing = new CountDownLatch(1);
        final CountDownLatch mayClose = new CountDownLatch(1);

        @Override
        public void close() {
            closing.countDown();
            try {
                mayClose.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private static class NoWorker implements Worker {
        @Override
        public void start(Work work) {
            // Nothing to work on.
        }

        @Override
        public void close() {
            // Nothing runs.
        }
    }

    @Test
    void aSecondCloseWaitsForTheFirst() throws Exception {
        SlowWorker worker = new SlowWorker();
        try (Fresh database = TestDatabase.H2.fresh()) {
            dispatched(builder(database).worker(worker));
            Thread first = new Thread(() -> registry.get().close());
            Thread second = new Thread(() -> registry.get().close());
            first.start();
            worker.closing.await();
            second.start();
            TroubleBench.awaitUntil(() -> isWaiting(second) || !second.isAlive());
            assertThat(second.isAlive()).isTrue();
            worker.mayClose.countDown();
            second.join(SOON.toMillis());
            first.join(SOON.toMillis());
            assertThat(second.isAlive() || first.isAlive()).isFalse();
        }
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING;
    }

    @Test
    void aWorkerThatClosesTheRegistryOnceMoreIsNotWaitedFor() throws Exception {
        Worker again = new NoWorker() {
            @Override
            public void close() {
                registry.get().close();
            }
        };
        try (Fresh database = TestDatabase.H2.fresh()) {
            Dispatch dispatch = dispatched(builder(database).worker(again));
            registry.get().close();
            assertThat(dispatch.outcome()).isEqualTo(Outcome.CLOSED);
        }
    }

    @Test
    void aWorkerThatCannotBeClosedDoesNotKeepTheInstanceAlive() throws Exception {
        ManualWorker manual = new ManualWorker();
        Worker failing = new NoWorker() {
            @Override
            public void start(Work work) {
                manual.start(work);
            }

            @Override
            public void close() {
                throw new NoClassDefFoundError("com/example/Scheduler");
            }
        };
        try (Fresh database = TestDatabase.H2.fresh();
                CapturedLog log = new CapturedLog()) {
            Dispatch dispatch = dispatched(builder(database).worker(failing));
            manual.untilIdle();
            registry.get().close();
            assertThat(dispatch.message()).contains("all migrations are done");
            assertThat(isLeaving(database)).isTrue();
            assertThat(manual.step()).isEqualTo(Step.Kind.FINISHED);
            assertThat(log.text()).contains("could not be closed", "com/example/Scheduler");
        }
    }

    /** Like a container that has already closed a bean that a migration needs. */
    @Test
    void whatFailsToBeMadeDuringACloseIsNoAttempt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (Fresh database = TestDatabase.H2.fresh()) {
            dispatched(new TestCatalog()
                    .with(MigrationEntry.async(1, "test.M1", By.TRANSACTION, "f1"), () -> {
                        asked.countDown();
                        closed.await();
                        throw new IllegalStateException("the vault is closed");
                    })
                    .on(database.dataSource())
                    .maxAttempts(1));
            assertThat(asked.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Thread closing = new Thread(registry.get()::close);
            closing.start();
            TroubleBench.awaitUntil(() -> closing.getState().name().endsWith("WAITING"));
            closed.countDown();
            closing.join(SOON.toMillis());
            var t = TestTables.all().migrations();
            assertThat(database.dsl()
                            .select(t.STATE, t.ATTEMPTS, t.ERROR, t.OWNER)
                            .from(t)
                            .fetchOne()
                            .intoList())
                    .containsExactly("pending", 0, null, null);
        }
    }
}
