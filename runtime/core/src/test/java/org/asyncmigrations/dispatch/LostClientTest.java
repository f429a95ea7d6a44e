package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that doesn't notice that its client is gone keeps the session and its locks. The client itself ends the session when it
 * is back.
 */
class LostClientTest {
    private static final MigrationEntry ENTRY =
            MigrationEntry.async(1, "test.M1", By.DECLARATION, "f").withoutTransaction();

    private static String id(TestDatabase database) {
        return "select " + (database == TestDatabase.POSTGRES ? "pg_backend_pid()" : "connection_id()");
    }

    private static String isThere(TestDatabase database) {
        return database == TestDatabase.POSTGRES
                ? "select count(*) from pg_stat_activity where pid = {0}"
                : "select count(*) from information_schema.processlist where id = {0}";
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void itsOwnSessionHasEndedBeforeItIsTriedAgainAfterALostConnection(TestDatabase database) throws Exception {
        AtomicReference<Object> lost = new AtomicReference<>();
        AtomicReference<Object> seen = new AtomicReference<>();
        try (TestDatabase.Fresh fresh = database.fresh();
                LostClients way = new LostClients(fresh);
                HikariDataSource pool = TroubleServer.pool(way.url(), fresh.user(), fresh.password(), 1)) {
            TestCatalog catalog = new TestCatalog().with(ENTRY, () -> (DataMigration) run -> {
                if (lost.compareAndSet(null, run.dsl().fetchValue(id(database)))) {
                    way.loseAll();
                    run.dsl().selectOne().fetch();
                }
                seen.set(run.dsl().fetchValue(isThere(database), lost.get()));
            });
            try (Dispatcher registry = catalog.on(pool).threads(1).build()) {
                assertThat(registry.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
                assertThat(registry.status().of(1).attempts()).isEqualTo(2);
            }
            assertThat(seen.get()).hasToString("0");
        }
    }

    /** A server that doesn't notice that its client is gone keeps the batch's rows and its range's row locked. */
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aBatchThatLosesItsConnectionDoesNotWaitForItsOwnLocks(TestDatabase database) throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        try (TestDatabase.Fresh fresh = database.fresh();
                LostClients way = new LostClients(fresh);
                HikariDataSource pool = TroubleServer.pool(way.url(), fresh.user(), fresh.password(), 2)) {
            Customers.create(fresh.dsl(), 100);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    long rows = super.migrate(batch);
                    if (lost.compareAndSet(false, true)) {
                        // The pool hands out a recently used connection without checking whether it is alive.
                        try (Connection other = pool.getConnection()) {
                            other.isValid(1);
                        }
                        way.loseAll();
                    }
                    return rows;
                }
            });
            try (Dispatcher registry =
                    catalog.on(pool).threads(1).claimTime(Duration.ofMinutes(5)).build()) {
                assertThat(registry.dispatch().await(Duration.ofSeconds(40))).isEqualTo(Outcome.DONE);
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }
}
