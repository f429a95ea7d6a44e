package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No fence stops work outside a transaction. So its session ends before another worker begins. */
class AutoCommitTakeOverTest {
    private static final MigrationEntry ENTRY =
            MigrationEntry.async(1, "test.M1", By.DECLARATION, "f").withoutTransaction();

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aStatementOfAFrozenOwnersHasEndedBeforeItsSuccessorBegins(TestDatabase database) throws Exception {
        boolean isPostgres = database == TestDatabase.POSTGRES;
        String id = "select " + (isPostgres ? "pg_backend_pid()" : "connection_id()");
        String isThere = isPostgres
                ? "select count(*) from pg_stat_activity where pid = {0}"
                : "select count(*) from information_schema.processlist where id = {0}";
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<Object> frozen = new AtomicReference<>();
        AtomicReference<Object> seen = new AtomicReference<>();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog slow = new TestCatalog().with(ENTRY, () -> (DataMigration) run -> {
                frozen.set(run.dsl().fetchValue(id));
                begun.countDown();
                try {
                    run.dsl().fetch(isPostgres ? "select pg_sleep(60)" : "select sleep(60)");
                } finally {
                    ended.countDown();
                }
            });
            TestCatalog quick = new TestCatalog().with(ENTRY, () ->
                    (DataMigration) run -> seen.set(run.dsl().fetchValue(isThere, frozen.get())));
            try (Dispatcher one = slow.on(fresh.dataSource()).threads(1).build();
                    Dispatcher two = quick.on(fresh.dataSource())
                            .clockShift(() -> Duration.ofMinutes(1))
                            .build()) {
                one.dispatch();
                assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(two.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
                assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(seen.get()).hasToString("0");
        }
    }
}
