package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestMySql;
import org.asyncmigrations.fault.CapturedLog;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that speak one product's protocol but are another product, recognized by what they say about themselves. */
class StrangerTest {
    /** A server that claims to be something else. */
    private static final class Disguised extends StatementCounter {
        private final String version;
        private final AtomicInteger asked = new AtomicInteger();

        Disguised(DataSource delegate, String version) {
            super(delegate);
            this.version = version;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return new DefaultConnection(super.getConnection()) {
                @Override
                public Statement createStatement() throws SQLException {
                    return new DefaultStatement(super.createStatement()) {
                        @Override
                        public ResultSet executeQuery(String sql) throws SQLException {
                            boolean asks = sql.contains("version()");
                            asked.addAndGet(asks ? 1 : 0);
                            return super.executeQuery(asks ? "select '" + version + "'" : sql);
                        }
                    };
                }
            };
        }
    }

    private static RegistryBuilder<Dispatcher> builder(DataSource source) {
        return new TestCatalog().batch(1, new Customers.LowerEmails()).on(source);
    }

    private static final String STRANGERS = """
            POSTGRES, CockroachDB, CockroachDB CCL v24.3.1 (x86_64-pc-linux-gnu)
            POSTGRES, YugabyteDB, PostgreSQL 15.2-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu
            POSTGRES, Amazon Redshift, PostgreSQL 8.0.2 on i686-pc-linux-gnu Redshift 1.0.99
            MARIADB, TiDB, 8.0.11-TiDB-v7.5.0 TiDB Server (Apache License 2.0)
            """;

    @ParameterizedTest
    @CsvSource(textBlock = STRANGERS)
    void isRefusedInASentenceAndOnce(TestDatabase database, String name, String version) throws Exception {
        String sentence = name + " is not supported: ";
        try (Fresh fresh = database.fresh();
                CapturedLog log = new CapturedLog()) {
            Disguised source = new Disguised(fresh.dataSource(), version);
            try (Dispatcher registry = builder(source).build()) {
                Dispatch dispatch = registry.dispatch();
                assertThat(dispatch.await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
                assertThat(dispatch.message()).startsWith(sentence).contains("allowUnknownProduct()");
                assertThatThrownBy(registry::status)
                        .isInstanceOf(MigrationException.class)
                        .hasMessageStartingWith(sentence);
                for (UnaryOperator<MigrationHandle> asking : asking()) {
                    assertThatThrownBy(() -> asking.apply(registry.migration(1)))
                            .isInstanceOf(MigrationException.class)
                            .hasMessageStartingWith(sentence);
                }
            }
            assertThat(log.text()).containsOnlyOnce(sentence).doesNotContain("\tat ");
        }
    }

    private static List<UnaryOperator<MigrationHandle>> asking() {
        return List.of(
                handle -> {
                    handle.requireDone();
                    return handle;
                },
                handle -> {
                    handle.pause();
                    return handle;
                },
                handle -> {
                    handle.rejects();
                    return handle;
                },
                handle -> {
                    handle.plan();
                    return handle;
                });
    }

    @ParameterizedTest
    @CsvSource(textBlock = STRANGERS)
    void isNotAskedAgainAndAgain(TestDatabase database, String name, String version) {
        ManualWorker worker = new ManualWorker();
        try (Fresh fresh = database.fresh()) {
            Disguised source = new Disguised(fresh.dataSource(), version);
            try (Dispatcher registry =
                    builder(source).worker(worker).beatenByHand(true).build()) {
                registry.dispatch();
                assertThat(worker.step()).as(name).isEqualTo(Step.Kind.FINISHED);
                assertThat(source.asked).hasValue(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = STRANGERS)
    void worksWhereTheBuilderAllowsIt(TestDatabase database, String name, String version) throws Exception {
        // TiDB is treated as MySQL, and MariaDB cannot stand in for that.
        assumeTrue(database == TestDatabase.POSTGRES || TestMySql.isGiven());
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Disguised source = new Disguised(fresh.dataSource(), version);
            try (Dispatcher registry = builder(source).allowUnknownProduct().build()) {
                assertThat(registry.dispatch().await(TroubleBench.LONG))
                        .as(name)
                        .isEqualTo(Outcome.DONE);
            }
        }
    }

    @Test
    void anUnknownForkIsWarnedAboutOnceAndWorks() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh();
                CapturedLog log = new CapturedLog()) {
            Customers.create(fresh.dsl(), 10);
            Disguised source = new Disguised(fresh.dataSource(), "openGauss 6.0.0 build aee4abd5 compiled");
            try (Dispatcher registry = builder(source).threads(4).build()) {
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(log.text()).containsOnlyOnce("openGauss 6.0.0");
        }
    }
}
