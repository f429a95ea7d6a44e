package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.impl.ThreadLocalTransactionProvider;
import org.junit.jupiter.api.Test;

/** What others have left behind, in the database or on a session: triggers, rules, temporary tables, connections. */
class LeftoverTest {
    private static final Table<Record> A = table(name("a"));
    private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
    private static final Field<Integer> V = field(name("v"), SQLDataType.INTEGER);
    private static final Field<Integer> B = field(name("b"), SQLDataType.INTEGER);
    private static final int ROWS = 40;

    private final ManualWorker worker = new ManualWorker();

    /** Changes each row once, without a condition. */
    private interface Copy extends BatchMigration {
        @Override
        default BatchKey key() {
            return BatchKey.of(A, ID);
        }

        @Override
        default Condition pending() {
            return DSL.noCondition();
        }
    }

    /** Its columns have names that the database spells differently. */
    private static final class Shouting extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        private final TableField<Record, Long> shoutedId = createField(name("ID"), SQLDataType.BIGINT, this);

        Shouting() {
            super(name("a"));
        }
    }

    private static long copyInJava(RowBatch batch) throws Exception {
        return batch.update(A, row -> row.set(B, row.get(V)));
    }

    private static void create(DSLContext dsl) {
        dsl.execute("create table a (id bigint primary key, v int, b int)");
        dsl.execute("insert into a select i, i, null from generate_series(1, " + ROWS + ") i");
    }

    private static int left(DSLContext dsl) {
        return dsl.fetchCount(A, B.isNull());
    }

    private MigrationStatus run(RegistryBuilder<Dispatcher> builder) {
        try (Dispatcher registry = builder.maxAttempts(1).worker(worker).build()) {
            registry.dispatch();
            worker.untilIdle();
            return Objects.requireNonNull(registry.status().of(1));
        }
    }

    @Test
    void aRowThatATriggerKeepsFromBeingWrittenIsSetAside() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            create(fresh.dsl());
            fresh.dsl()
                    .execute("create function keep() returns trigger language plpgsql as"
                            + " $$ begin return case when old.id = 13 then null else new end; end $$");
            fresh.dsl().execute("create trigger keep before update on a for each row execute function keep()");
            Copy copy = LeftoverTest::copyInJava;
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, copy)
                    .on(fresh.dataSource())
                    .worker(worker)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.migration(1).state()).isEqualTo(State.FAILED);
                assertThat(registry.migration(1).rejects()).hasSize(1).allSatisfy(reject -> {
                    assertThat(reject.key()).isEqualTo("13");
                    assertThat(reject.error()).contains("a trigger or a rule");
                });
            }
            assertThat(left(fresh.dsl())).isEqualTo(1);
        }
    }

    @Test
    void aTemporaryTableOfTheSameNameIsNotTakenForTheTable() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            create(fresh.dsl());
            StatementCounter littered = new StatementCounter(fresh.dataSource()) {
                @Override
                public Connection getConnection() throws SQLException {
                    Connection connection = super.getConnection();
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(
                                "create temporary table if not exists a (id bigint primary key, v int, b int)");
                    }
                    return connection;
                }
            };
            Copy copy =
                    batch -> batch.dsl().update(A).set(B, V).where(batch.rows()).execute();
            assertThat(run(new TestCatalog().batch(1, copy).on(littered)).state())
                    .isEqualTo(State.DONE);
            assertThat(left(fresh.dsl())).isZero();
        }
    }

    @Test
    void codeThatForgetsItsBatchIsRefusedIfItSendsItsTextWithoutJooqToo() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            create(fresh.dsl());
            Copy copy = batch -> batch.dsl().connectionResult(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("update a set b = v");
                }
            });
            MigrationStatus status = run(new TestCatalog().batch(1, copy).on(fresh.dataSource()));
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.error()).contains(".where(batch.rows())");
            assertThat(left(fresh.dsl())).isEqualTo(ROWS);
        }
    }

    @Test
    void aKeyIsNotChangedUnderAnotherSpellingOfItsName() {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            fresh.dsl().execute("create table a (id bigint primary key, v int, b int)");
            fresh.dsl().execute("insert into a values (1, 1, null)");
            Shouting shouting = new Shouting();
            Copy copy = new Copy() {
                @Override
                public BatchKey key() {
                    return BatchKey.of(shouting, shouting.shoutedId);
                }

                @Override
                public long migrate(RowBatch batch) throws Exception {
                    return batch.update(shouting, row -> row.set(shouting.shoutedId, 7L));
                }
            };
            MigrationStatus status = run(new TestCatalog().batch(1, copy).on(fresh.dataSource()));
            assertThat(status.error()).contains("batch.update must not change the key column");
        }
    }

    @Test
    void datesBeyondFourDigitsAreWrittenAsTheyWereRead() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl().execute("create table a (id bigint primary key, v date, b date)");
            fresh.dsl()
                    .execute(
                            "insert into a values (1, 'infinity', null), (2, '12026-01-02', null), (3, '2026-01-02', null)");
            Copy copy = batch -> batch.update(A, row -> row.set(field(name("b")), row.get("v")));
            assertThat(run(new TestCatalog().batch(1, copy).on(fresh.dataSource()))
                            .state())
                    .isEqualTo(State.DONE);
            assertThat(fresh.dsl().fetchCount(A, DSL.condition("v = b"))).isEqualTo(3);
        }
    }

    @Test
    void noConnectionStaysOutWithAProviderThatIsBoundToItsThread() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh();
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(fresh.url());
            pool.setUsername(fresh.user());
            pool.setPassword(fresh.password());
            pool.setMaximumPoolSize(3);
            var provider = new DataSourceConnectionProvider(pool);
            var configuration = new DefaultConfiguration()
                    .set(SQLDialect.POSTGRES)
                    .set(provider)
                    .set(new ThreadLocalTransactionProvider(provider));
            try (Dispatcher registry = RegistryBuilder.of(configuration, new TestCatalog().data(1, run -> {}))
                    .worker(worker)
                    .build()) {
                for (int i = 0; i < 5; i++) {
                    DSL.using(configuration)
                            .transaction(inside ->
                                    assertThat(registry.migration(1).isDone()).isFalse());
                }
            }
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }
}
