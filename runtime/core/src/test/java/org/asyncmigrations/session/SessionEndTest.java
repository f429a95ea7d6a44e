package org.asyncmigrations.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A frozen worker's session is found by its claim, ended, and gone; nobody else's is. */
class SessionEndTest {
    private static final String NAME = "async:frozen:1";

    private static Limits limits(String name, Duration transaction) {
        Duration second = Duration.ofSeconds(1);
        return new Limits(second, second.multipliedBy(20), second.multipliedBy(60), transaction, name, true, false);
    }

    private static void createRows(DSLContext dsl) {
        dsl.execute("create table held (id int primary key, text varchar(20))");
        dsl.execute("insert into held values (1, 'before')");
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aFrozenSessionIsGoneWithItsLocksWhenASuccessorHasEndedIt(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            createRows(fresh.dsl());
            Connections connections = Connections.of(fresh.dataSource());
            try (Session frozen = connections.borrow();
                    Session other = connections.borrow();
                    Session successor = connections.borrow()) {
                frozen.begin(limits(NAME, Duration.ZERO));
                frozen.dsl().execute("update held set text = 'frozen'");
                other.begin(limits("async:frozen:2", Duration.ZERO));
                assertThat(successor.endSession(NAME)).isTrue();
                assertThat(successor.endSession(NAME)).as("again").isTrue();
                successor.begin(limits("async:successor:1", Duration.ZERO));
                try (UserWork work = successor.userWork(limits("async:successor:1", Duration.ZERO))) {
                    assertThat(work.dsl().execute("update held set text = 'after' where text = 'before'"))
                            .isEqualTo(1);
                    work.verifySameTransaction();
                }
                successor.commit();
                assertThatThrownBy(() -> frozen.dsl().execute("select 1"))
                        .extracting(Trouble::of)
                        .isEqualTo(Trouble.CONNECTION);
                assertThat(other.dsl().fetchValue("select 1")).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aSessionThatWentBackToItsPoolIsNobodysToEnd(TestDatabase database) throws Exception {
        String id = "select " + (database == TestDatabase.POSTGRES ? "pg_backend_pid()" : "connection_id()");
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Connections connections = Connections.of(fresh.dataSource());
            Object used;
            try (Session worker = connections.borrow()) {
                worker.begin(limits(NAME, Duration.ZERO));
                used = worker.dsl().fetchValue(id);
                worker.commit();
            }
            try (Session application = connections.borrow();
                    Session successor = connections.borrow()) {
                assertThat(application.dsl().fetchValue(id)).isEqualTo(used);
                assertThat(successor.endSession(NAME)).isTrue();
                assertThat(application.dsl().fetchValue(id)).isEqualTo(used);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aSessionInAutoCommitIsEndedTooAndLeavesNothingInThePool(TestDatabase database) throws Exception {
        String shown = database == TestDatabase.POSTGRES
                ? "select concat(pg_backend_pid(), ' ', current_setting('application_name'), ' ',"
                        + " current_setting('statement_timeout'), ' ', current_setting('client_connection_check_interval'))"
                : "select concat(connection_id(), ' ', coalesce(is_used_lock('" + NAME + "'), 'free'))";
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Connections connections = Connections.of(fresh.dataSource());
            String before = fresh.dsl().fetchValue(shown).toString();
            try (Session worker = connections.borrow();
                    UserWork work = worker.userWork(limits(NAME, Duration.ZERO))) {
                assertThat(work.dsl().fetchValue(shown).toString()).isNotEqualTo(before);
            }
            assertThat(fresh.dsl().fetchValue(shown)).hasToString(before);
            try (Session frozen = connections.borrow();
                    UserWork work = frozen.userWork(limits(NAME, Duration.ZERO));
                    Session successor = connections.borrow()) {
                assertThat(successor.endSession(NAME)).isTrue();
                assertThatThrownBy(() -> work.dsl().fetchValue("select 1"))
                        .extracting(Trouble::of)
                        .isEqualTo(Trouble.CONNECTION);
            }
        }
    }

    /** The test server of MariaDB's has no rights to take away: it runs without its tables of grants. */
    @Test
    void aUserWithoutTheRightIsRefusedInWords() throws Exception {
        String role = "r" + Long.toHexString(System.nanoTime());
        try (TestDatabase.Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl().execute("create role " + role);
            try (Session frozen = Connections.of(fresh.dataSource()).borrow();
                    Connection plain = fresh.dataSource().getConnection()) {
                DSL.using(plain).execute("set role " + role);
                frozen.begin(limits(NAME, Duration.ZERO));
                Connections successors = Connections.of(
                        new DefaultConfiguration().set(new Lent(plain)).set(SQLDialect.POSTGRES));
                try (Session successor = successors.borrow()) {
                    assertThatThrownBy(() -> successor.endSession(NAME))
                            .matches(failure -> Trouble.refusal(failure) != null, "a refusal");
                }
                assertThat(frozen.dsl().fetchValue("select 1")).isNotNull();
                DSL.using(plain).execute("reset role");
            }
            fresh.dsl().execute("drop role " + role);
        }
    }

    @Test
    void mariaDbsRefusalToKillIsOne() {
        assertThat(Trouble.refusal(new SQLException("You are not owner of thread 7", "HY000", 1095)) != null)
                .isTrue();
    }

    private record Lent(Connection connection) implements ConnectionProvider {
        @Override
        public Connection acquire() {
            return connection;
        }

        @Override
        public void release(Connection lent) {
            // The test closes it.
        }
    }

    @Test
    void aTransactionThatTakesTooLongEndsWhereTheServerKnowsSuchATime() throws Exception {
        try (TestDatabase.Fresh fresh = TestDatabase.POSTGRES.fresh();
                Session session = Connections.of(fresh.dataSource()).borrow()) {
            session.begin(limits(NAME, Duration.ofMillis(200)));
            assertThatThrownBy(() -> session.dsl().execute("select pg_sleep(10)"))
                    .extracting(Trouble::of)
                    .isEqualTo(Trouble.TIMEOUT);
        }
    }

    @Test
    void aTransactionWithoutSuchATimeOutlastsTheServersOwn() throws Exception {
        try (TestDatabase.Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl()
                    .connection(one -> one.createStatement()
                            .execute("alter database " + one.getCatalog() + " set transaction_timeout = '100ms'"));
            fresh.dataSource()
                    .unwrap(com.zaxxer.hikari.HikariDataSource.class)
                    .getHikariPoolMXBean()
                    .softEvictConnections();
            try (Session session = Connections.of(fresh.dataSource()).borrow()) {
                session.begin(limits(NAME, Duration.ZERO));
                session.dsl().execute("select pg_sleep(0.3)");
            }
        }
    }
}
