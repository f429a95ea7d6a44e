package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.MigrationNotDoneException;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.SQLDialect;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls to a registry within the caller's transaction don't change that transaction. */
class CallersTransactionTest {
    private final ManualWorker worker = new ManualWorker();

    /** What an application puts in front of its pool. */
    enum Wiring {
        TRANSACTION_AWARE,
        LAZY,
        BOTH;

        DataSource over(DataSource pool) {
            return switch (this) {
                case TRANSACTION_AWARE -> new TransactionAwareDataSourceProxy(pool);
                case LAZY -> new LazyConnectionDataSourceProxy(pool);
                case BOTH -> new TransactionAwareDataSourceProxy(new LazyConnectionDataSourceProxy(pool));
            };
        }
    }

    /** One way to set up an application. */
    record Setup(TestDatabase kind, Wiring wiring, boolean autoCommit, int isolation, boolean commits) {}

    /** All pairs of these settings on each database; with {@code -Dsetups=all}, all of their combinations. */
    static Stream<Setup> setups() {
        boolean all = System.getProperty("setups", "").equals("all");
        return Stream.of(TestDatabase.values())
                .flatMap(kind -> Stream.of(Wiring.values())
                        .flatMap(wiring -> Stream.of(true, false)
                                .flatMap(autoCommit -> Stream.of(true, false)
                                        .filter(commits -> all || (commits == autoCommit) != (wiring == Wiring.LAZY))
                                        .map(commits -> new Setup(
                                                kind,
                                                wiring,
                                                autoCommit,
                                                commits
                                                        ? TransactionDefinition.ISOLATION_REPEATABLE_READ
                                                        : TransactionDefinition.ISOLATION_DEFAULT,
                                                commits)))));
    }

    private static HikariDataSource pool(Fresh fresh, boolean autoCommit, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(fresh.url());
        pool.setUsername(fresh.user());
        pool.setPassword(fresh.password());
        pool.setAutoCommit(autoCommit);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(size == 1 ? 1_000 : 10_000);
        return pool;
    }

    private static void create(Fresh fresh) {
        Customers.create(fresh.dsl(), 100);
        fresh.dsl().createTable(name("notes")).column("id", SQLDataType.INTEGER).execute();
    }

    private RegistryBuilder<Dispatcher> builder(DataSource source) {
        return new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .data(2, run -> run.dsl().selectOne().fetch())
                .on(source)
                .worker(worker)
                .beatenByHand(true);
    }

    private static String insert(Fresh fresh) {
        return fresh.dsl()
                .renderInlined(fresh.dsl().insertInto(table(name("notes"))).values(1));
    }

    private static int notes(Fresh fresh) {
        return fresh.dsl().fetchCount(table(name("notes")));
    }

    /** Calls everything that can be called. */
    private void ask(Dispatcher registry) {
        MigrationHandle handle = registry.migration(1);
        registry.dispatch();
        assertThat(handle.state()).isEqualTo(State.PENDING);
        assertThat(handle.isDone()).isFalse();
        assertThatThrownBy(handle::requireDone).isInstanceOf(MigrationNotDoneException.class);
        assertThat(registry.status().migrations()).hasSize(2);
        assertThat(handle.plan().migration()).isNotNull();
        assertThat(handle.trial().migration()).isNotNull();
        assertThat(handle.rejects()).isEmpty();
        assertThat(handle.retry()).isFalse();
        assertThat(registry.migration(2).skip("not here")).isTrue();
        assertThat(handle.pause()).isTrue();
        assertThat(handle.resume()).isTrue();
        assertThat(handle.pause()).isTrue();
        worker.step();
    }

    @ParameterizedTest
    @MethodSource("setups")
    void staysWhatItWas(Setup setup) {
        try (Fresh fresh = setup.kind().fresh();
                HikariDataSource pool = pool(fresh, setup.autoCommit(), 4)) {
            create(fresh);
            DataSource source = setup.wiring().over(pool);
            TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(source));
            template.setIsolationLevel(setup.isolation());
            try (Dispatcher registry = builder(source).build()) {
                registry.dispatch();
                for (int step = 0; registry.migration(1).state() != State.PENDING && step < 9; step++) {
                    worker.step();
                }
                template.executeWithoutResult(status -> {
                    new JdbcTemplate(source).execute(insert(fresh));
                    ask(registry);
                    if (!setup.commits()) {
                        status.setRollbackOnly();
                    }
                });
                assertThat(notes(fresh)).isEqualTo(setup.commits() ? 1 : 0);
                assertThat(Objects.requireNonNull(registry.status().of(1)).paused())
                        .as("an order of its own")
                        .isTrue();
                assertThat(registry.migration(1).resume()).isTrue();
                worker.untilIdle();
                assertThat(registry.migration(1).isDone()).isTrue();
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPoolOfOneThatTheCallerHoldsIsSaidAfterItsTimeOut(TestDatabase kind) {
        try (Fresh fresh = kind.fresh();
                HikariDataSource pool = pool(fresh, true, 1)) {
            create(fresh);
            DataSource source = new TransactionAwareDataSourceProxy(pool);
            TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(source));
            try (Dispatcher registry = builder(source).build()) {
                template.executeWithoutResult(status -> {
                    new JdbcTemplate(source).execute(insert(fresh));
                    Dispatch dispatch = registry.dispatch();
                    assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
                    assertThatThrownBy(() -> registry.migration(1).requireDone())
                            .isInstanceOf(MigrationException.class)
                            .hasMessageContaining("Connection is not available, request timed out after");
                });
                assertThat(notes(fresh)).isEqualTo(1);
                worker.untilIdle();
                assertThat(registry.migration(1).isDone()).isTrue();
            }
        }
    }

    /** MySQL doesn't show unprivileged users who is in a transaction. */
    @ParameterizedTest
    @MethodSource("commits")
    void oneConnectionForAllIsRefusedWhileItIsInATransaction(TestDatabase kind, boolean commits) throws Exception {
        try (Fresh fresh = kind.fresh();
                Connection connection = fresh.dataSource().getConnection()) {
            create(fresh);
            connection.setAutoCommit(false);
            DataSource source = new SingleConnectionDataSource(connection, true);
            try (Dispatcher registry = builder(source).build()) {
                new JdbcTemplate(source).execute(insert(fresh));
                Dispatch dispatch = registry.dispatch();
                worker.step();
                String words = "hands out a connection that is in somebody else's transaction";
                assertThat(dispatch.message()).contains(words);
                for (var asking : asking(registry)) {
                    assertThatThrownBy(asking::run)
                            .isInstanceOf(MigrationException.class)
                            .hasMessageContaining(words);
                }
                assertThat(notes(fresh)).as("nobody has committed").isZero();
                if (commits) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                assertThat(notes(fresh)).isEqualTo(commits ? 1 : 0);
            }
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    private static List<Runnable> asking(Dispatcher registry) {
        MigrationHandle handle = registry.migration(1);
        return List.of(
                handle::state,
                handle::requireDone,
                handle::pause,
                handle::resume,
                handle::retry,
                handle::rejects,
                handle::plan,
                handle::trial,
                () -> handle.skip("not here"),
                registry::status);
    }

    static Stream<Arguments> commits() {
        return Stream.of(TestDatabase.values())
                .filter(kind -> kind.dialect() != SQLDialect.MYSQL)
                .flatMap(kind -> Stream.of(true, false).map(commits -> Arguments.of(kind, commits)));
    }
}
