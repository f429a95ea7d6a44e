package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations that run into the locks of others. */
class LockWaitTest {
    /** On a busy machine, the time that a MariaDB batch needs to shrink to one row, and no more. */
    private static final Duration LONG = Duration.ofSeconds(4);

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

    /** Polls until the condition holds. The lock is held until then. */
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
    @EnumSource(TestDatabase.class)
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
            untilNamed(registry, holder, kind, fresh.dataSource());
            holder.rollback();
            assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
            assertThat(waitsFor(registry)).isEqualTo("null");
            assertThat(runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theStatusSaysWhoHoldsTheLockThatABatchWaitsFor(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh()) {
            Customers.create(fresh.dsl(), 2_000);
            try (Connection holder = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
                holder.setAutoCommit(false);
                DSL.using(holder, kind.dialect())
                        .selectFrom(Customers.CUSTOMERS)
                        .where(Customers.ID.eq(898L))
                        .forUpdate()
                        .fetch();
                try (var registry = new TestCatalog()
                        .batch(1, new Customers.LowerEmails())
                        .on(fresh.dataSource())
                        .threads(1)
                        .build()) {
                    var dispatch = registry.dispatch();
                    untilNamed(registry, holder, kind, fresh.dataSource());
                    holder.rollback();
                    until(() -> pace(registry).lockedBy() == null);
                    assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
                    assertThat(Customers.wrong(fresh.dsl())).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aLockIsNoLongerShownWhenPausedWorkHasGotIt(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh();
                Connection holder = holder(fresh);
                var registry = new TestCatalog()
                        .data(1, new ChangesOne())
                        .on(fresh.dataSource())
                        .threads(1)
                        .lockTimeout(Duration.ofMinutes(1))
                        .build()) {
            registry.dispatch();
            until(() -> pace(registry).lockedBy() != null);
            registry.migration(1).pause();
            until(() -> pace(registry).lockedBy() != null);
            holder.rollback();
            until(() -> pace(registry).lockedBy() == null);
        }
    }

    private static MigrationStatus.Pace pace(Dispatcher registry) {
        return Objects.requireNonNull(registry.status().of(1)).now().pace();
    }

    /** Waits until the status names the session that holds the lock, with all that the product knows about it. */
    private static void untilNamed(Dispatcher registry, Connection holder, TestDatabase kind, DataSource source)
            throws Exception {
        String number = switch (kind) {
            case H2 -> "select session_id()";
            case POSTGRES -> "select pg_backend_pid()";
            case MARIADB -> "select connection_id()";
        };
        String session = String.valueOf(DSL.using(holder).fetchValue(number));
        until(() -> waitsFor(registry).startsWith("waits for a lock that is held by session " + session + " "));
        Instant now = new StateStore(Connections.of(source), TestTables::all, "test", event -> {}, () -> Duration.ZERO)
                .transaction(StateTransaction::readClock);
        Instant started =
                Objects.requireNonNull(registry.status().of(1)).progress().startedAt();
        assertThat(Duration.between(started, now))
                .as("a second, on a machine with time")
                .isLessThan(LONG);
        String told = Objects.requireNonNull(pace(registry).lockedBy());
        assertThat(told)
                .startsWith("session " + session + " of "
                        + holder.getMetaData().getUserName().replaceAll("@.*", ""));
        if (kind == TestDatabase.POSTGRES) {
            assertThat(told).contains("(PostgreSQL JDBC Driver)", "its transaction open for", "last statement: select");
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
