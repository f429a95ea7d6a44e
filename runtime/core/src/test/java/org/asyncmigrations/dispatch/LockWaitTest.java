package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Locks of others that migrations meet. */
class LockWaitTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final CountDownLatch began = new CountDownLatch(1);

    /** Changes the row that somebody holds. */
    private final class ChangesOne implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            runs.incrementAndGet();
            began.countDown();
            run.dsl().execute("update held set v = v + 1 where id = 1");
        }
    }

    private static Connection holder(TestDatabase.Fresh fresh) throws Exception {
        fresh.dsl().execute("create table held (id int primary key, v int)");
        fresh.dsl().execute("insert into held values (1, 0)");
        Connection holder = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password());
        holder.setAutoCommit(false);
        holder.createStatement().executeQuery("select * from held where id = 1 for update");
        return holder;
    }

    /** Looks until it holds; the lock is held until then. */
    private static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waits too long").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static String waitsFor(Dispatcher registry) {
        return String.valueOf(Objects.requireNonNull(registry.status().of(1)).waitsFor());
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void theStatusSaysWhoHoldsTheLockThatWorkInOnePieceWaitsFor(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh();
                Connection holder = holder(fresh);
                var registry = new TestCatalog()
                        .data(1, new ChangesOne())
                        .on(fresh.dataSource())
                        .threads(1)
                        .lockTimeout(Duration.ofMinutes(1))
                        .build()) {
            var dispatch = registry.dispatch();
            assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();
            until(() -> waitsFor(registry).startsWith("waits for a lock that is held by session "));
            holder.rollback();
            assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
            assertThat(waitsFor(registry)).isEqualTo("null");
            assertThat(runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES"})
    void theStatusSaysWhoHoldsTheLockThatABatchWaitsFor(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh()) {
            Customers.create(fresh.dsl(), 100);
            try (Connection holder = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
                holder.setAutoCommit(false);
                holder.createStatement().executeQuery("select * from customers where id = 298 for update");
                try (var registry = new TestCatalog()
                        .batch(1, new Customers.LowerEmails())
                        .on(fresh.dataSource())
                        .threads(1)
                        .build()) {
                    var dispatch = registry.dispatch();
                    until(() -> waitsFor(registry).startsWith("waits for a lock that is held by session "));
                    holder.rollback();
                    assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES"})
    void workInOnePieceThatALockUndoesAgainAndAgainFailsInTheEnd(TestDatabase kind) throws Exception {
        ManualWorker worker = new ManualWorker();
        try (var fresh = kind.fresh();
                Connection holder = holder(fresh);
                var registry = new TestCatalog()
                        .data(1, new ChangesOne())
                        .on(fresh.dataSource())
                        .worker(worker)
                        .maxAttempts(1)
                        .giveWay(Duration.ofMillis(1))
                        .build()) {
            registry.dispatch();
            worker.untilIdle();
            assertThat(Objects.requireNonNull(registry.status().of(1)).state()).isEqualTo(State.FAILED);
            assertThat(runs).hasValue(11);
            holder.rollback();
            registry.migration(1).retry();
            worker.untilIdle();
            assertThat(Objects.requireNonNull(registry.status().of(1)).state()).isEqualTo(State.DONE);
        }
    }
}
