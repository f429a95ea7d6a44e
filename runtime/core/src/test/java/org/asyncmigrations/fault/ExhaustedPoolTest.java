package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pool whose connections are all lent to others for a while. The work waits, and nothing is lost or done twice. */
class ExhaustedPoolTest {
    private static final int CONNECTIONS = 3;

    /** Longer than a claim lasts without renewal. */
    private static final long KEPT_MILLIS = 1_300;

    private static final int ROUNDS = 2;

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void theWorkWaitsForAPoolThatIsLentToOthers(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh();
                HikariDataSource pool = pool(fresh)) {
            Ledger ledger = Ledger.create(database, fresh);
            List<Connection> lent = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                lent.add(pool.getConnection());
            }
            LedgerBuild build = new LedgerBuild("node", 5, version -> {});
            try (Dispatcher registry = build.of(LedgerBuild.INVOICES)
                    .on(pool)
                    .claimTime(Duration.ofSeconds(1))
                    // maxAttempts isn't set to 1: a claim that couldn't be renewed is taken over, and counts as an
                    // attempt until the cursor moves.
                    .build()) {
                Dispatch dispatch = registry.dispatch();
                assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
                lent.forEach(ExhaustedPoolTest::giveBack);
                List<CompletableFuture<Void>> others = others(pool);
                assertThat(dispatch.await(Duration.ofMinutes(2))).isEqualTo(Outcome.DONE);
                for (CompletableFuture<Void> other : others) {
                    other.get();
                }
            }
            assertThat(ledger.number("select count(*) from invoices where changes <> 1"))
                    .isZero();
            assertThat(ledger.number("select count(*) from async_migration_events where event like '%failed%'"))
                    .isZero();
        }
    }

    private static HikariDataSource pool(Fresh fresh) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(fresh.url());
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(250);
        return new HikariDataSource(config);
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** As many other users as there are connections. Each takes one, keeps it, and wants another. */
    private static List<CompletableFuture<Void>> others(HikariDataSource pool) {
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            others.add(CompletableFuture.runAsync(() -> keep(pool), new OwnThreads()));
        }
        return others;
    }

    private static void keep(HikariDataSource pool) {
        int kept = 0;
        for (int asked = 0; kept < ROUNDS && asked < 200; asked++) {
            try (Connection connection = pool.getConnection()) {
                LockSupport.parkNanos(KEPT_MILLIS * 1_000_000);
                kept += connection.isClosed() ? 0 : 1;
            } catch (SQLException lent) {
                // This time, the migrations have the connections.
                continue;
            }
        }
    }
}
