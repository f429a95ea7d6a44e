package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.throttle.DeafNetwork;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultStatement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that no longer answers: nobody waits for it forever. */
class SilentServerTest {
    /** Far longer than the shortened times together, far shorter than the time limit of a test suite. */
    private static final Duration SOON = Duration.ofSeconds(25);

    private final ManualWorker worker = new ManualWorker();

    /** Waits for the server a hundredth of the given time, and loses the network at a statement. */
    private static final class Hurried extends StatementCounter {
        private final DeafNetwork network;
        private volatile String lostAt;

        Hurried(DataSource delegate, DeafNetwork network, String lostAt) {
            super(delegate);
            this.network = network;
            this.lostAt = lostAt;
        }

        private String sent(String sql) {
            if (sql.contains(lostAt)) {
                network.goesDeaf();
            }
            return sql;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return new DefaultConnection(super.getConnection()) {
                @Override
                public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
                    super.setNetworkTimeout(executor, milliseconds / 100);
                }

                @Override
                public PreparedStatement prepareStatement(String sql) throws SQLException {
                    return super.prepareStatement(sent(sql));
                }

                @Override
                public Statement createStatement() throws SQLException {
                    return new DefaultStatement(super.createStatement()) {
                        @Override
                        public ResultSet executeQuery(String sql) throws SQLException {
                            return super.executeQuery(sent(sql));
                        }
                    };
                }
            };
        }
    }

    private static HikariDataSource through(DeafNetwork network, Fresh fresh) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(fresh.url().replace(":" + port(fresh), ":" + network.port()));
        pool.setUsername(fresh.user());
        pool.setPassword("");
        pool.setMaximumPoolSize(3);
        // It would wait for the same server.
        pool.setConnectionTimeout(1_000);
        pool.setValidationTimeout(500);
        return pool;
    }

    private static int port(Fresh fresh) {
        return URI.create(fresh.url().substring("jdbc:".length())).getPort();
    }

    private RegistryBuilder<Dispatcher> builder(DataSource source) {
        return new TestCatalog()
                .data(1, run -> run.dsl().fetch("select 4711"))
                .on(source)
                .worker(worker)
                .beatenByHand(true);
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void whoeverDispatchesIsLetGo(TestDatabase kind) throws Exception {
        try (Fresh fresh = kind.fresh();
                DeafNetwork network = new DeafNetwork(port(fresh));
                HikariDataSource pool = through(network, fresh)) {
            Dispatcher registry =
                    builder(new Hurried(pool, network, "schema_migrations")).build();
            Dispatch dispatch = assertTimeoutPreemptively(SOON, () -> registry.dispatch());
            assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aStepIsLetGo(TestDatabase kind) throws Exception {
        try (Fresh fresh = kind.fresh();
                DeafNetwork network = new DeafNetwork(port(fresh));
                HikariDataSource pool = through(network, fresh)) {
            Hurried source = new Hurried(pool, network, "nothing of the kind");
            Dispatcher registry = builder(source).build();
            Dispatch dispatch = registry.dispatch();
            assertThat(worker.step()).isEqualTo(Step.Kind.WORKED);
            source.lostAt = "schema_migrations";
            assertThat(assertTimeoutPreemptively(SOON, worker::step)).isEqualTo(Step.Kind.IDLE);
            assertThat(dispatch.message()).contains("the database is currently unusable");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aStatementOfAMigrationIsLetGo(TestDatabase kind) throws Exception {
        try (Fresh fresh = kind.fresh();
                DeafNetwork network = new DeafNetwork(port(fresh));
                HikariDataSource pool = through(network, fresh)) {
            Dispatcher registry = builder(new Hurried(pool, network, "4711"))
                    .claimTime(Duration.ofSeconds(1))
                    .statementTimeout(Duration.ofSeconds(1))
                    .build();
            registry.dispatch();
            assertThat(assertTimeoutPreemptively(SOON, worker::untilIdle)).isEqualTo(Step.Kind.IDLE);
        }
    }

    /** Records, at each close, the network timeout of the connection, which was 77 s when it was borrowed. */
    private static final class Returning extends StatementCounter {
        private static final int BEFORE = 77_000;
        private final List<Integer> returned = Collections.synchronizedList(new ArrayList<>());
        private final List<Integer> set = Collections.synchronizedList(new ArrayList<>());

        Returning(DataSource delegate) {
            super(delegate);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setNetworkTimeout(Runnable::run, BEFORE);
            return new DefaultConnection(connection) {
                @Override
                public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
                    set.add(milliseconds);
                    super.setNetworkTimeout(executor, milliseconds);
                }

                @Override
                public void close() throws SQLException {
                    returned.add(getNetworkTimeout());
                    super.close();
                }
            };
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void theTimeIsGivenBackAsItWasAndNeverLonger(TestDatabase kind) {
        try (Fresh fresh = kind.fresh()) {
            Returning source = new Returning(fresh.dataSource());
            try (Dispatcher registry = builder(source).build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.dispatch().outcome()).isEqualTo(Outcome.DONE);
            }
            assertThat(source.returned).isNotEmpty().containsOnly(Returning.BEFORE);
            assertThat(source.set).contains(60_000).allMatch(millis -> millis <= Returning.BEFORE);
        }
    }

    /** Like drivers from before JDBC 4.1, and like drivers that report it. */
    private static final class Timeless extends StatementCounter {
        private final boolean says;

        Timeless(DataSource delegate, boolean says) {
            super(delegate);
            this.says = says;
        }

        private SQLException unsupported() {
            if (says) {
                return new SQLFeatureNotSupportedException("no such time");
            }
            throw new AbstractMethodError("setNetworkTimeout");
        }

        @Override
        public Connection getConnection() throws SQLException {
            return new DefaultConnection(super.getConnection()) {
                @Override
                public int getNetworkTimeout() throws SQLException {
                    throw unsupported();
                }

                @Override
                public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
                    throw unsupported();
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDriverWithoutSuchATimeWorks(boolean says) {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh();
                Dispatcher registry =
                        builder(new Timeless(fresh.dataSource(), says)).build()) {
            registry.dispatch();
            worker.untilIdle();
            assertThat(registry.dispatch().outcome()).isEqualTo(Outcome.DONE);
        }
    }
}
