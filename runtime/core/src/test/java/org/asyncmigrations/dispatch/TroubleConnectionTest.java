package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that doesn't exist, refuses the user, or is read-only: dispatch() never throws, and the message says why. */
class TroubleConnectionTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aDatabaseThatDoesNotExistIsSaid(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DataSource nothing = TroubleServer.plain(
                    database, TroubleServer.urlOfNothing(database, fresh), fresh.user(), fresh.password());
            assertThat(refused(nothing)).containsIgnoringCase("nothing_here").contains("the database refuses");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void wrongCredentialsAreSaid(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            String url = database == TestDatabase.MARIADB ? TroubleServer.mariaDbUrl("restricted") : fresh.url();
            assertThat(refused(TroubleServer.plain(database, url, "nobody", "wrong")))
                    .contains("the database refuses")
                    .containsPattern("nobody|user name");
        }
    }

    /** Without settings, Hikari connects at the first call and throws an exception that isn't an SQLException. */
    @Test
    void aPoolThatThrowsAtTheFirstConnectionIsSaid() throws Exception {
        try (HikariDataSource lazy = new HikariDataSource()) {
            lazy.setJdbcUrl("jdbc:h2:mem:nothing_there;IFEXISTS=TRUE");
            assertThat(refused(lazy)).containsIgnoringCase("nothing_there");
        }
    }

    /** The pool isn't closed: that would wait ten seconds for its connecting thread, which backs off. */
    @Test
    void whatAPoolWasRefusedIsSaidWithTheServersWords() throws Exception {
        HikariDataSource pool = TroubleServer.pool("jdbc:h2:mem:nothing_pooled;IFEXISTS=TRUE", "sa", "", 2);
        pool.setConnectionTimeout(500);
        assertThat(refused(pool)).contains("the database refuses").containsIgnoringCase("nothing_pooled");
    }

    @Test
    void aServerThatIsDownIsWaitedForWithAReason() throws Exception {
        DataSource down = TroubleServer.plain(TestDatabase.POSTGRES, "jdbc:postgresql://localhost:1/none", "none", "");
        try (Dispatcher registry = new TestCatalog().data(1, run -> {}).on(down).build()) {
            Dispatch dispatch = registry.dispatch();
            TroubleBench.awaitUntil(() -> dispatch.message().contains("refused"));
            assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
            assertThatThrownBy(registry::status)
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("the state tables cannot be read");
        }
    }

    private static String refused(DataSource database) throws InterruptedException {
        try (Dispatcher registry =
                new TestCatalog().data(1, run -> {}).on(database).build()) {
            Dispatch dispatch = registry.dispatch();
            assertThat(dispatch.await(TroubleBench.LONG)).as(dispatch::message).isEqualTo(Outcome.FAILED);
            return dispatch.message();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoMayNotMakeTablesGetsTheScript(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            String message = refused(TroubleServer.reader(database, fresh));
            assertThat(message)
                    .contains("the state tables could not be created", "give the application's database user the right")
                    .containsPattern("create table if not exists .\\w+.\\..async_schema_migrations")
                    .containsPattern("create table if not exists .\\w+.\\..async_migration_instances");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"H2", "POSTGRES"})
    void whoMayNotWriteToTheTablesIsToldSo(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {}));
            try (Dispatcher registry = new TestCatalog()
                    .data(1, run -> {})
                    .data(2, run -> {})
                    .on(TroubleServer.reader(database, fresh))
                    .build()) {
                Dispatch dispatch = registry.dispatch();
                assertThat(dispatch.await(TroubleBench.LONG))
                        .as(dispatch::message)
                        .isEqualTo(Outcome.FAILED);
                assertThat(dispatch.message())
                        .contains("the database refuses")
                        .containsIgnoringCase("async_migration_builds");
                assertThat(registry.status().migrations()).hasSize(2);
            }
        }
    }

    @Test
    void aReadOnlyServerIsWaitedForAndThenWorkedOn() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh();
                HikariDataSource pool = TroubleServer.pool(fresh.url(), fresh.user(), "", 4)) {
            String database = fresh.url().substring(fresh.url().lastIndexOf('/') + 1);
            fresh.dsl().execute("alter database " + database + " set default_transaction_read_only = on");
            try (Dispatcher registry =
                    new TestCatalog().data(1, run -> {}).on(pool).build()) {
                Dispatch dispatch = registry.dispatch();
                TroubleBench.awaitUntil(() -> dispatch.message().contains("read-only transaction"));
                assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
                fresh.dsl().execute("alter database " + database + " set default_transaction_read_only = off");
                pool.getHikariPoolMXBean().softEvictConnections();
                assertThat(dispatch.await(TroubleBench.LONG))
                        .as(dispatch::message)
                        .isEqualTo(Outcome.DONE);
            }
        }
    }

    @Test
    void aProductThatIsNotSupportedIsSaid() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher registry = RegistryBuilder.of(
                                DSL.using(fresh.dataSource(), SQLDialect.SQLITE).configuration(),
                                new TestCatalog().data(1, run -> {}))
                        .build()) {
            Dispatch dispatch = registry.dispatch();
            assertThat(dispatch.await(TroubleBench.LONG)).as(dispatch::message).isEqualTo(Outcome.FAILED);
            assertThat(dispatch.message())
                    .contains("the jOOQ configuration has the dialect SQLite, but the database is H2");
        }
    }

    @Test
    void aPoolOfReadOnlyConnectionsIsWrittenThroughAndGivenThemBackAsTheyWere() throws Exception {
        HikariConfig config = new HikariConfig();
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            config.setJdbcUrl(fresh.url());
            config.setUsername(fresh.user());
            config.setReadOnly(true);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                Seen seen = TroubleBench.run(pool, new TestCatalog().data(1, run -> {}));
                assertThat(seen.of(1).state()).isEqualTo(State.DONE);
                try (var connection = pool.getConnection()) {
                    assertThat(connection.isReadOnly()).isTrue();
                    assertThat(connection.getAutoCommit()).isTrue();
                }
            }
        }
    }
}
