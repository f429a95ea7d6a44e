package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.table;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Objects;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestMySql;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements that take too long are canceled, on each product, whatever they do. */
@Timeout(180)
class StatementLimitTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static final Field<Long> N = field(name("n"), Long.class);

    private final ManualWorker worker = new ManualWorker();

    /** A cross join of three times all rows, which takes hours to count. */
    private static Select<Record1<Integer>> endless() {
        var a = table(name("numbers")).as("a");
        var b = table(name("numbers")).as("b");
        var c = table(name("numbers")).as("c");
        Field<Long> sum = field(name("a", "n"), Long.class)
                .times(field(name("b", "n"), Long.class))
                .plus(field(name("c", "n"), Long.class));
        return selectCount().from(a, b, c).where(sum.mod(1_000_003L).eq(7L));
    }

    private static void create(DSLContext dsl) {
        Customers.create(dsl, 5_000);
        dsl.createTable("numbers").column("n", SQLDataType.BIGINT).execute();
        dsl.insertInto(table(name("numbers")), N)
                .select(select(ID.cast(Long.class)).from(CUSTOMERS))
                .execute();
    }

    private MigrationStatus ran(Fresh fresh, DataMigration migration) {
        create(fresh.dsl());
        try (Dispatcher registry = new TestCatalog()
                .data(1, migration)
                .on(fresh.dataSource())
                .maxAttempts(1)
                .statementTimeout(LIMIT)
                .worker(worker)
                .build()) {
            registry.dispatch();
            worker.untilIdle();
            return Objects.requireNonNull(registry.status().of(1));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aQueryIsEnded(TestDatabase kind) {
        try (Fresh fresh = kind.fresh()) {
            MigrationStatus status = ran(fresh, run -> run.dsl().fetch(endless()));
            assertThat(status.error()).contains("select count(*)");
            assertThat(status.state()).isEqualTo(State.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anUpdateIsEnded(TestDatabase kind) {
        try (Fresh fresh = kind.fresh()) {
            MigrationStatus status = ran(
                    fresh,
                    run -> run.dsl()
                            .update(CUSTOMERS)
                            .set(CHANGES, field(endless()))
                            .execute());
            assertThat(status.error()).contains("update");
            assertThat(status.state()).isEqualTo(State.FAILED);
        }
    }

    /** Its condition also searches the numbers, which takes no time while there are none. */
    private static final class SlowToLook extends Customers.LowerEmails {
        @Override
        public Condition pending() {
            return super.pending().or(field(endless()).lt(0));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theLookOverTheWholeTableIsEnded(TestDatabase kind) {
        try (Fresh fresh = kind.fresh()) {
            create(fresh.dsl());
            fresh.dsl().deleteFrom(table(name("numbers"))).execute();
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, new SlowToLook())
                    .on(fresh.dataSource())
                    .worker(worker)
                    .build()) {
                registry.dispatch();
                for (int step = 0; step < 200 && !isWalked(fresh.dsl()); step++) {
                    worker.step();
                }
                fresh.dsl()
                        .insertInto(table(name("numbers")), N)
                        .select(select(ID.cast(Long.class)).from(CUSTOMERS))
                        .execute();
                worker.step();
                assertThat(isDone(registry)).as("it could not tell").isFalse();
                fresh.dsl().deleteFrom(table(name("numbers"))).execute();
                worker.untilIdle();
                assertThat(isDone(registry)).isTrue();
            }
        }
    }

    private static boolean isWalked(DSLContext dsl) {
        return dsl.fetchCount(CUSTOMERS, new Customers.LowerEmails().pending()) == 0
                && dsl.fetchCount(TestTables.all().ranges()) == 0;
    }

    private static boolean isDone(Dispatcher registry) {
        return Objects.requireNonNull(registry.status().of(1)).state() == State.DONE;
    }

    /** MySQL's driver treats the server as a MySQL. The limits must still be set in MariaDB's way. */
    @Test
    void theLimitsHoldWithMySqlsDriverOnMariaDb() {
        assumeFalse(TestMySql.isGiven());
        try (Fresh fresh = TestDatabase.MARIADB.fresh();
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(fresh.url().replace("jdbc:mariadb:", "jdbc:mysql:"));
            pool.setUsername(fresh.user());
            pool.setPassword("");
            pool.setMaximumPoolSize(5);
            Fresh through = new Fresh(pool, fresh.dsl(), fresh.url(), fresh.user(), "", () -> {});
            MigrationStatus query = ran(through, run -> run.dsl().fetch(endless()));
            assertThat(query.error()).contains("select count(*)");
            Customers.LowerEmails batches = new Customers.LowerEmails();
            try (Dispatcher registry = new TestCatalog()
                    .data(2, run -> run.dsl().selectOne().fetch())
                    .batch(3, batches)
                    .on(pool)
                    .worker(worker)
                    .build()) {
                fresh.dsl().deleteFrom(TestTables.all().migrations()).execute();
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(2).state()).isEqualTo(State.DONE);
                assertThat(registry.status().of(3).state()).isEqualTo(State.DONE);
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }
}
