package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Behind a pooler in transaction mode, each transaction may run in another session of the server. Nothing is lost or done twice, no
 * session keeps any of our settings, and a frozen node's session is found and ended. The test runs a real pgbouncer with fewer
 * sessions than are needed at once, and reads the ledger directly. Skipped if pgbouncer isn't installed.
 */
class PoolerTest {
    /** Needed for pgbouncer before 1.21: no statement is prepared in one session and used in another. */
    private static final String UNPREPARED = "?prepareThreshold=0";

    private static final int KILLS = Math.max(2, KillTest.KILLS / 8);
    private static final int NODES = 2;

    /**
     * The settings that pgbouncer and the driver set for a client each time they lend it a session, and the isolation level, with
     * which each transaction begins anew.
     */
    private static final Set<String> THEIRS =
            Set.of("application_name", "client_encoding", "DateStyle", "TimeZone", "transaction_isolation");

    private File program;

    @BeforeEach
    void needsPgBouncer() {
        program = PgBouncer.program();
        assumeTrue(program != null, "skipped: pgbouncer is not installed (apt-get install pgbouncer)");
    }

    /** The same database through the pooler, for clients. The other object drops it. */
    private static Fresh behind(PgBouncer pooler, Fresh fresh) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(pooler.url(fresh, UNPREPARED));
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        config.setMaximumPoolSize(5);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        return new Fresh(
                pool,
                DSL.using(pool, TestDatabase.POSTGRES.dialect()),
                config.getJdbcUrl(),
                fresh.user(),
                fresh.password(),
                pool::close);
    }

    @Test
    void whatIsKilledBehindAPoolerIsNeitherLostNorDoneTwice() throws Exception {
        KillTest.Tally tally = new KillTest.Tally();
        Random random = new Random(KillTest.SEED);
        for (int run = 1; tally.kills() < KILLS && run <= KILLS; run++) {
            try (Fresh direct = TestDatabase.POSTGRES.fresh();
                    PgBouncer pooler = PgBouncer.start(program, direct);
                    Fresh pooled = behind(pooler, direct)) {
                Ledger ledger = Ledger.create(TestDatabase.POSTGRES, direct);
                KillTest.kill(
                        pooled, PoolerTest::named, ledger, random, NODES, Math.min(6, KILLS - tally.kills()), tally);
                KillTest.check(ledger, "behind a pooler, -Dseed=" + KillTest.SEED, tally);
                KillTest.finish(pooled, ledger);
                List<Integer> before = direct.dsl()
                        .resultQuery("select pid from pg_stat_activity")
                        .fetchInto(Integer.class);
                assertThat(requireCleanSessions(pooled))
                        .as("sessions that nodes had")
                        .containsAnyElementsOf(before);
            }
        }
        assertThat(tally.kills()).isEqualTo(KILLS);
        System.out.printf("behind pgbouncer, %d sessions for %d nodes: %s%n", PgBouncer.SESSIONS, NODES, tally);
    }

    @Test
    void theSessionOfAFrozenNodeIsEndedThroughThePooler() throws Exception {
        try (Fresh direct = TestDatabase.POSTGRES.fresh();
                PgBouncer pooler = PgBouncer.start(program, direct);
                Fresh pooled = behind(pooler, direct)) {
            Ledger ledger = Ledger.create(TestDatabase.POSTGRES, direct);
            NodeOptions only = named("frozen").withOnly(LedgerBuild.ACCOUNTS, "work");
            try (Node frozen = Node.prepare(pooled, only);
                    // Only the frozen node has to be a process.
                    Dispatcher successor = named("successor")
                            .withOnly(LedgerBuild.ACCOUNTS, "none")
                            .here(pooled)) {
                frozen.go().await("held");
                assertThat(ledger.comesTrue(
                                30_000, "select count(*) from async_migration_instances where seen_at > started_at"))
                        .as("beats through the pooler")
                        .isTrue();
                long session = ledger.number("select pid from pg_stat_activity where application_name like 'async:%'"
                        + " and state = 'idle in transaction'");
                frozen.freeze();
                // It locks the accounts for the hour that a statement may take, unless its session is ended.
                assertThat(successor.dispatch().await(Duration.ofSeconds(Node.PATIENCE_SECONDS)))
                        .isEqualTo(Outcome.DONE);
                assertThat(ledger.number("select count(*) from pg_stat_activity where pid = " + session))
                        .isZero();
                frozen.thaw();
                frozen.go();
                assertThat(frozen.await("ended")).startsWith("ended DONE");
            }
            assertThat(ledger.number("select count(*) from accounts where changes <> 1 or changed_by <> 'successor'"))
                    .isZero();
            requireCleanSessions(pooled);
        }
    }

    /** With a longer claim time, since a renewal may have to wait for a session. */
    private static NodeOptions named(String node) {
        return NodeOptions.named(node).withTimes(Duration.ofSeconds(5), Duration.ofMillis(100));
    }

    /** Borrows all sessions of the pooler at once and checks them. {@return their numbers} */
    private static Set<Integer> requireCleanSessions(Fresh pooled) throws SQLException {
        List<Connection> lent = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        try {
            for (int i = 0; i < PgBouncer.SESSIONS; i++) {
                Connection connection = pooled.dataSource().getConnection();
                lent.add(connection);
                connection.setAutoCommit(false);
                seen.add(requireClean(connection));
            }
            assertThat(seen).hasSize(PgBouncer.SESSIONS);
            return seen;
        } finally {
            for (Connection connection : lent) {
                connection.close();
            }
        }
    }

    /** {@return the session's number} */
    private static int requireClean(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid(),"
                        + " (select string_agg(name, ' ') from pg_settings where source = 'session'),"
                        + " (select count(*) from pg_prepared_statements)"
                        + " + (select count(*) from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'),"
                        + " current_setting('application_name'), current_setting('transaction_isolation')")) {
            row.next();
            assertThat(THEIRS).contains(row.getString(2).split(" "));
            assertThat(row.getInt(3)).isZero();
            assertThat(row.getString(4)).doesNotStartWith("async");
            assertThat(row.getString(5)).isEqualTo("read committed");
            return row.getInt(1);
        }
    }
}
