package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.Phase;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schema changes whose locks others hold. */
class SchemaLockTest {
    private static Dispatcher registry(TestDatabase.Fresh fresh, SchemaCase one) {
        return one.catalog()
                .on(fresh.dataSource())
                .threads(1)
                .mode(Mode.AFTER)
                .maxReplicationLag(Duration.ZERO)
                .build();
    }

    private static Connection open(TestDatabase.Fresh fresh) throws Exception {
        return DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password());
    }

    /** In a transaction that has read and written the table. */
    private static Connection holder(TestDatabase.Fresh fresh, TestDatabase kind) throws Exception {
        Connection holder = open(fresh);
        holder.setAutoCommit(false);
        DSL.using(holder, kind.dialect())
                .update(SchemaCase.ORDERS)
                .set(SchemaCase.NOTE, "held")
                .where(SchemaCase.ID.eq(1L))
                .execute();
        return holder;
    }

    private static void until(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waits too long").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Their lock_timeout is off meanwhile, which would have the application's statements wait for ever. */
    @Test
    void theSessionOfAWorkThatIsCancelledKeepsItsSettings() throws Exception {
        try (var fresh = TestDatabase.POSTGRES.fresh();
                HikariDataSource pool = new HikariDataSource()) {
            SchemaCase.prepare(fresh.dsl());
            pool.setJdbcUrl(fresh.url());
            pool.setUsername(fresh.user());
            pool.setPassword(fresh.password());
            pool.setMaximumPoolSize(3);
            pool.setConnectionInitSql("set lock_timeout = '7s'");
            try (Connection holder = holder(fresh, TestDatabase.POSTGRES)) {
                try (Dispatcher registry = SchemaCase.INDEX
                        .catalog()
                        .on(pool)
                        .threads(1)
                        .maxReplicationLag(Duration.ZERO)
                        .build()) {
                    registry.dispatch();
                    until(() -> fresh.dsl()
                            .fetchExists(DSL.table("pg_stat_activity"), DSL.condition("query like 'create index c%'")));
                }
                holder.rollback();
            }
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                all.add(pool.getConnection());
                assertThat(DSL.using(all.get(i)).fetchValue("show lock_timeout"))
                        .isEqualTo("7s");
            }
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    private static String waitsFor(Dispatcher registry) {
        return String.valueOf(Objects.requireNonNull(registry.status().of(1)).waitsFor());
    }

    /** Nobody is let pass by a statement that waits on: the reader would wait as long as the holder does. */
    private static void read(TestDatabase.Fresh fresh, TestDatabase kind) throws Exception {
        try (Connection reader = open(fresh)) {
            String limit = switch (kind) {
                case POSTGRES -> "set lock_timeout = '20s'";
                case MARIADB -> "set session lock_wait_timeout = 20";
                case H2 -> "set lock_timeout 20000";
            };
            var dsl = DSL.using(reader, kind.dialect());
            dsl.execute(limit);
            assertThat(dsl.fetchCount(SchemaCase.ORDERS)).isEqualTo(20);
            dsl.update(SchemaCase.ORDERS)
                    .set(SchemaCase.NOTE, "read")
                    .where(SchemaCase.ID.eq(2L))
                    .execute();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aStatementGivesUpItsWaitSoonAndIsDoneAfterTheRelease(TestDatabase kind) throws Exception {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            try (Connection holder = holder(fresh, kind);
                    Dispatcher registry = registry(fresh, SchemaCase.ADD_COLUMN)) {
                var dispatch = registry.dispatch();
                until(() -> waitsFor(registry).contains("waits for a lock that is held by"));
                read(fresh, kind);
                if (kind == TestDatabase.POSTGRES) {
                    until(() -> waitsFor(registry).contains("held by session "));
                }
                read(fresh, kind);
                assertThat(SchemaCase.ADD_COLUMN.isThere(kind, fresh.dsl())).isFalse();
                holder.rollback();
                assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
                assertThat(waitsFor(registry)).isEqualTo("null");
            }
            assertThat(SchemaCase.ADD_COLUMN.isThere(kind, fresh.dsl())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRES")
    void aStatementThatNeverGetsItsLockFailsTheAttempt(TestDatabase kind) throws Exception {
        ManualWorker worker = new ManualWorker();
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            try (Connection holder = holder(fresh, kind);
                    Dispatcher registry = SchemaCase.ADD_COLUMN
                            .catalog()
                            .on(fresh.dataSource())
                            .worker(worker)
                            .maxAttempts(1)
                            .giveWay(Duration.ofMillis(1))
                            .build()) {
                registry.dispatch();
                worker.untilIdle();
                var failed = Objects.requireNonNull(registry.status().of(1));
                assertThat(failed.state()).isEqualTo(State.FAILED);
                assertThat(failed.firstError()).contains("gave up after 30 tries");
                holder.rollback();
                registry.migration(1).retry();
                worker.untilIdle();
                assertThat(Objects.requireNonNull(registry.status().of(1)).state())
                        .isEqualTo(State.DONE);
            }
        }
    }

    private static boolean isBuilding(TestDatabase.Fresh fresh) {
        return fresh.dsl()
                .fetchExists(
                        DSL.select(DSL.one())
                                .from("pg_stat_activity")
                                .where(
                                        "application_name like 'async:%' and query like 'create%index%' and wait_event_type = 'Lock'"));
    }

    @Test
    void anIndexWaitsForOthersAndKeepsNobodyFromWriting() throws Exception {
        TestDatabase kind = TestDatabase.POSTGRES;
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            try (Connection holder = holder(fresh, kind);
                    Dispatcher registry = registry(fresh, SchemaCase.INDEX)) {
                var dispatch = registry.dispatch();
                until(() -> isBuilding(fresh));
                read(fresh, kind);
                until(() -> waitsFor(registry).contains("held by session "));
                assertThat(isBuilding(fresh)).isTrue();
                holder.rollback();
                assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
            }
            assertThat(SchemaCase.INDEX.isThere(kind, fresh.dsl())).isTrue();
        }
    }

    @Test
    void anIndexWhoseSessionIsEndedInTheMiddleIsBuiltAgain() throws Exception {
        TestDatabase kind = TestDatabase.POSTGRES;
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            try (Connection holder = holder(fresh, kind);
                    Dispatcher registry = registry(fresh, SchemaCase.UNIQUE_INDEX)) {
                var dispatch = registry.dispatch();
                until(() -> isBuilding(fresh));
                fresh.dsl()
                        .fetch(
                                "select pg_terminate_backend(pid) from pg_stat_activity where query like 'create unique index%'"
                                        + " and pid <> pg_backend_pid()");
                until(() -> fresh.dsl()
                        .fetch("select 1 from pg_index where not indisvalid")
                        .isNotEmpty());
                holder.rollback();
                assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
            }
            assertThat(SchemaCase.UNIQUE_INDEX.isThere(kind, fresh.dsl())).isTrue();
        }
    }

    @Test
    void theStatusShowsHowFarAnIndexIs() throws Exception {
        TestDatabase kind = TestDatabase.POSTGRES;
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            fresh.dsl().connection(connection -> connection.createStatement().execute("""
                    create function slow(bigint) returns bigint immutable language plpgsql as $$ begin
                    while not pg_try_advisory_xact_lock(7) loop perform pg_sleep(0.01); end loop; return $1; end $$"""));
            SchemaMigration slow = () -> SchemaChange.createIndex("orders_index")
                    .on(SchemaCase.ORDERS, DSL.field("slow(customer_id)", Long.class));
            try (Connection holder = open(fresh);
                    Dispatcher registry = new TestCatalog()
                            .with(MigrationEntry.schema(1, "test.M1", Phase.ASYNC, "f1"), () -> slow)
                            .on(fresh.dataSource())
                            .threads(1)
                            .build()) {
                DSL.using(holder).fetch("select pg_advisory_lock(7)");
                var dispatch = registry.dispatch();
                until(() -> waitsFor(registry).matches("is building index: scanning table(, \\d+ %)?"));
                DSL.using(holder).fetch("select pg_advisory_unlock(7)");
                assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
                assertThat(waitsFor(registry)).isEqualTo("null");
            }
        }
    }

    @Test
    void anIndexThatAnotherSessionBuildsIsWaitedFor() throws Exception {
        TestDatabase kind = TestDatabase.POSTGRES;
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            try (Connection holder = holder(fresh, kind);
                    Connection builder = open(fresh);
                    Dispatcher registry = registry(fresh, SchemaCase.INDEX)) {
                CompletableFuture<Integer> built = CompletableFuture.supplyAsync(() -> DSL.using(builder)
                        .execute("create index concurrently orders_index on orders (customer_id, note)"));
                until(() -> fresh.dsl()
                        .fetchExists(DSL.table("pg_stat_progress_create_index"), DSL.condition("index_relid <> 0")));
                var dispatch = registry.dispatch();
                until(() -> waitsFor(registry).contains("another session, which is building index orders_index"));
                holder.rollback();
                built.join();
                assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
                assertThat(waitsFor(registry)).isEqualTo("null");
                assertThat(Objects.requireNonNull(registry.status().of(1)).attempts())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void anIndexThatCannotBeUniqueLeavesNothing() throws Exception {
        TestDatabase kind = TestDatabase.POSTGRES;
        ManualWorker worker = new ManualWorker();
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            fresh.dsl().insertInto(SchemaCase.ORDERS).values(50, 1, "", 1, 1).execute();
            try (Dispatcher registry = SchemaCase.UNIQUE_INDEX
                    .catalog()
                    .on(fresh.dataSource())
                    .worker(worker)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                MigrationStatus failed =
                        Objects.requireNonNull(registry.status().of(1));
                assertThat(failed.state()).isEqualTo(State.FAILED);
                assertThat(failed.attempts()).isEqualTo(1);
                assertThat(failed.firstError())
                        .contains("some rows do not allow this statement", "orders_index", "is duplicated");
            }
            assertThat(fresh.dsl().fetch("select 1 from pg_index where not indisvalid"))
                    .isEmpty();
        }
    }
}
