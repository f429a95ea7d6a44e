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
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.Test;

/** What the product suite doesn't cover about ending a session: ending it without the right, and a transaction that runs out of time. */
class SessionEndTest {
    private static final String NAME = "async:frozen:1";

    private static Limits limits(String name, Duration transaction) {
        Duration second = Duration.ofSeconds(1);
        return new Limits(second, second.multipliedBy(20), second.multipliedBy(60), transaction, name, true, false);
    }

    /** MariaDB's common test server can't revoke rights: it runs without grant tables. */
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
            // The test itself closes it.
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
