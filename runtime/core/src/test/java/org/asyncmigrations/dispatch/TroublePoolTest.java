package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pools with fewer connections than threads + 1: less is done at once, but all of it is done. */
class TroublePoolTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void onePooledConnectionIsEnough(TestDatabase database) throws Exception {
        migratesWith(database, 1, 2);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void asManyConnectionsAsThreadsAreEnough(TestDatabase database) throws Exception {
        migratesWith(database, 2, 2);
    }

    /** What such a migration queries and renews in the meantime uses its own connection. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void onePooledConnectionIsEnoughInAutoCommit(TestDatabase database) throws Exception {
        MigrationEntry entry =
                MigrationEntry.async(1, "test.M1", By.DECLARATION, "f").withoutTransaction();
        try (Fresh fresh = database.fresh();
                HikariDataSource pool = TroubleServer.pool(fresh.url(), fresh.user(), fresh.password(), 1)) {
            // By then, an attempt that waits for a second connection has failed.
            pool.setConnectionTimeout(2_000);
            Seen seen = TroubleBench.run(pool, new TestCatalog().with(entry, () ->
                            (DataMigration) run -> run.dsl().selectOne().fetch()));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
        }
    }

    private static void migratesWith(TestDatabase database, int connections, int threads) throws Exception {
        try (Fresh fresh = database.fresh();
                HikariDataSource pool = TroubleServer.pool(fresh.url(), fresh.user(), fresh.password(), connections)) {
            Customers.create(fresh.dsl(), 25_000);
            Seen seen = TroubleBench.run(
                    pool,
                    new TestCatalog()
                            .batch(1, new Customers.LowerEmails())
                            .data(2, run -> run.dsl().selectOne().fetch()),
                    builder -> builder.threads(threads));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }
}
