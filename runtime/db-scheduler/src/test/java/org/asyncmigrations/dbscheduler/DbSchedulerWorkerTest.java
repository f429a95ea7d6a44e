package org.asyncmigrations.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.dispatch.TestCatalog;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The migrations on db-scheduler's threads, on PostgreSQL, which keeps the tasks of db-scheduler too. */
@Timeout(120)
class DbSchedulerWorkerTest {
    private static final Table<Record> ORDERS = table(name("orders"));
    private static final Field<Long> ID = field(name("orders", "id"), SQLDataType.BIGINT);
    private static final Field<Integer> CHANGES = field(name("orders", "changes"), SQLDataType.INTEGER);
    private static final int ROWS = 2_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Fresh fresh = TestDatabase.POSTGRES.fresh();

    /** One process: a scheduler, and a registry whose work is on it. */
    private static final class Node implements AutoCloseable {
        private Scheduler scheduler;
        private Dispatcher registry;

        Node(DataSource dataSource, TestCatalog catalog, DispatchListener listener) {
            RegistryBuilder<Dispatcher> builder =
                    catalog.on(dataSource).listener(listener).targetBatchTime(Duration.ofMillis(20));
            DbSchedulerWorker worker = new DbSchedulerWorker(() -> scheduler);
            scheduler = Scheduler.create(dataSource, worker.task())
                    .threads(3)
                    .pollingInterval(Duration.ofMillis(50))
                    .heartbeatInterval(Duration.ofSeconds(1))
                    .build();
            registry = builder.worker(worker).build();
        }

        Dispatch start() {
            scheduler.start();
            return registry.dispatch();
        }

        @Override
        public void close() {
            registry.close();
            scheduler.stop();
        }
    }

    /** Counts how often each row is changed. */
    private static class Count implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(ORDERS, ID);
        }

        @Override
        public Condition pending() {
            return CHANGES.eq(0);
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(ORDERS)
                    .set(CHANGES, CHANGES.plus(1))
                    .where(batch.rows())
                    .execute();
        }
    }

    private record OnBatch(Runnable told) implements DispatchListener {
        @Override
        public void onEvent(MigrationEvent event) {}

        @Override
        public void onBatch(BatchEvent batch) {
            told.run();
        }
    }

    @BeforeEach
    void create() {
        fresh.dsl().execute("create table orders (id bigint primary key, changes int not null)");
        fresh.dsl().execute("insert into orders select n, 0 from generate_series(1, " + ROWS + ") n");
        fresh.dsl()
                .execute(
                        "create table scheduled_tasks (task_name text not null, task_instance text not null, task_data bytea,"
                                + " execution_time timestamptz not null, picked boolean not null, picked_by text, last_success timestamptz,"
                                + " last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz, version bigint not null,"
                                + " priority smallint, primary key (task_name, task_instance))");
    }

    @AfterEach
    void drop() {
        fresh.close();
    }

    private Node node(TestCatalog catalog, DispatchListener listener) {
        return new Node(fresh.dataSource(), catalog, listener);
    }

    private static TestCatalog build() {
        return new TestCatalog().batch(1, new Count());
    }

    private int tasks() {
        return fresh.dsl().fetchCount(table(name("scheduled_tasks")));
    }

    private int notChangedOnce() {
        return fresh.dsl().fetchCount(ORDERS, CHANGES.ne(1));
    }

    /** A task is removed after the step that has found the end. */
    private void awaitNoTask() {
        await(() -> tasks() == 0);
    }

    @Test
    void theWorkIsDoneOnceAndItsTasksAreRemoved() throws Exception {
        try (Node node = node(build(), event -> {})) {
            assertThat(node.start().await(LONG)).isEqualTo(Outcome.DONE);
            awaitNoTask();
        }
        assertThat(notChangedOnce()).isZero();
    }

    @Test
    void aSchedulerThatShutsDownEndsAtABatchsEndAndAnotherGoesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        Node first = node(build(), new OnBatch(() -> {
            begun.countDown();
            await(stopping);
        }));
        Dispatch dispatch = first.start();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        Thread stop = new Thread(first.scheduler::stop);
        stop.start();
        await(() -> first.scheduler.getSchedulerState().isShuttingDown());
        stopping.countDown();
        stop.join();
        assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(first.registry.status().of(1).state()).isEqualTo(State.PROCESSING);
        assertThat(tasks()).isPositive();

        try (Node second = node(build(), event -> {})) {
            // No dispatch: the tasks are there, and the work has been attached.
            second.scheduler.start();
            assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
            awaitNoTask();
            assertThat(second.registry.status().of(1).state()).isEqualTo(State.DONE);
        }
        first.registry.close();
        assertThat(notChangedOnce()).isZero();
    }

    private static void await(BooleanSupplier what) {
        while (!what.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tasksThatWereLostAreMadeAgain() throws Exception {
        try (Node node = node(build(), event -> {})) {
            Dispatch dispatch = node.registry.dispatch();
            await(() -> tasks() == 2);
            fresh.dsl().execute("truncate scheduled_tasks");
            node.scheduler.start();
            TestCatalog.beat(node.registry);
            assertThat(dispatch.await(LONG)).isEqualTo(Outcome.DONE);
        }
        assertThat(notChangedOnce()).isZero();
    }

    @Test
    void anOldBuildLeavesTheTasksOfANewOne() throws Exception {
        TestCatalog newer = build().data(2, run -> run.execute("update orders set changes = changes + 1 where id = 1"));
        try (Node old = node(build(), event -> {});
                Node young = node(newer, event -> {})) {
            assertThat(old.start().await(LONG)).isEqualTo(Outcome.DONE);
            awaitNoTask();

            Dispatch dispatch = young.registry.dispatch();
            await(() -> tasks() == 2);
            // The old one is alone with them for a while.
            old.scheduler.triggerCheckForDueExecutions();
            await(() -> fresh.dsl()
                            .fetchCount(
                                    table(name("scheduled_tasks")),
                                    field(name("version")).gt(1))
                    == 2);
            assertThat(tasks()).isEqualTo(2);
            young.scheduler.start();
            assertThat(dispatch.await(LONG)).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void aFailingMigrationDoesNotFailTheTask() throws Exception {
        TestCatalog failing = new TestCatalog().data(1, run -> {
            throw new IllegalStateException("the vault is locked");
        });
        try (Node node = node(failing, event -> {})) {
            assertThat(node.start().await(LONG)).isEqualTo(Outcome.FAILED);
            assertThat(fresh.dsl()
                            .fetchCount(
                                    table(name("scheduled_tasks")),
                                    field(name("last_failure")).isNotNull()))
                    .isZero();
            assertThat(tasks()).isPositive();
        }
    }
}
