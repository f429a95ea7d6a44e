package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateSchema;
import org.jooq.Condition;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the state tables are: in one schema, which every statement names. */
class StateSchemaTest {
    private static final Field<Integer> B = DSL.field(DSL.name("b"), SQLDataType.INTEGER);

    private final ManualWorker worker = new ManualWorker();

    /** Fills a column of a table. */
    private record Fill(Table<Record> table) implements BatchMigration {
        static Fill of(String... name) {
            return new Fill(DSL.table(DSL.name(name)));
        }

        @Override
        public BatchKey key() {
            return BatchKey.of(table, DSL.field(DSL.name("id"), SQLDataType.BIGINT));
        }

        @Override
        public Condition pending() {
            return B.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl().update(table).set(B, 1).where(batch.rows()).execute();
        }
    }

    private static void fill(DSLContext dsl, String schema) {
        dsl.execute("create schema " + schema);
        table(dsl, schema);
    }

    private static void table(DSLContext dsl, String schema) {
        dsl.execute("create table " + schema + ".a (id bigint primary key, b int)");
        dsl.execute("insert into " + schema + ".a values (1, null), (2, null), (3, null)");
    }

    private static int left(DSLContext dsl, String schema) {
        return Objects.requireNonNull(dsl.fetchOne("select count(*) from " + schema + ".a where b is null"))
                .get(0, Integer.class);
    }

    private static HikariDataSource pool(Fresh fresh, String options) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(fresh.url() + options);
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config);
    }

    private Outcome run(RegistryBuilder<Dispatcher> builder) {
        try (Dispatcher registry = builder.worker(worker).build()) {
            var dispatch = registry.dispatch();
            worker.untilIdle();
            return dispatch.outcome();
        }
    }

    @Test
    void aTenantDoesNotTakeTheStateFurtherAlongItsSearchPathForItsOwn() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            table(fresh.dsl(), "public");
            fill(fresh.dsl(), "t_17");
            TestCatalog catalog = new TestCatalog().batch(1, Fill.of("a"));
            assertThat(run(catalog.on(fresh.dataSource()))).isEqualTo(Outcome.DONE);
            try (HikariDataSource tenants = pool(fresh, "?options=-c%20search_path=t_17,public")) {
                try (Dispatcher registry = catalog.on(tenants).worker(worker).build()) {
                    assertThat(registry.migration(1).isDone()).isFalse();
                }
                assertThat(run(catalog.on(tenants))).isEqualTo(Outcome.DONE);
            }
            assertThat(left(fresh.dsl(), "t_17")).isZero();
            assertThat(fresh.dsl().fetchCount(DSL.table(DSL.name("t_17", "async_schema_migrations"))))
                    .isEqualTo(1);
        }
    }

    @Test
    void aStartThatFindsAllDoneIsStillOneStatement() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            table(fresh.dsl(), "public");
            fill(fresh.dsl(), "t_17");
            TestCatalog catalog = new TestCatalog().batch(1, Fill.of("a"));
            try (HikariDataSource tenants = pool(fresh, "?options=-c%20search_path=t_17,public")) {
                assertThat(run(catalog.on(tenants))).isEqualTo(Outcome.DONE);
                StatementCounter counter = StatementCounter.ofThisThread(tenants);
                try (Dispatcher registry = catalog.on(counter).worker(worker).build()) {
                    assertThat(registry.dispatch().outcome()).isEqualTo(Outcome.DONE);
                }
                assertThat(counter.statements).hasValue(1);
            }
        }
    }

    @Test
    void anEmptySearchPathIsSaidAndASchemaThatIsNamedIsEnough() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fill(fresh.dsl(), "shop");
            TestCatalog catalog = new TestCatalog().batch(1, Fill.of("shop", "a"));
            try (HikariDataSource nowhere = pool(fresh, "?options=-c%20search_path=")) {
                try (Dispatcher registry = catalog.on(nowhere).worker(worker).build()) {
                    var dispatch = registry.dispatch();
                    worker.untilIdle();
                    assertThat(dispatch.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(dispatch.message()).contains("no schema", "search_path", "stateSchema(");
                }
                assertThat(run(catalog.on(nowhere).stateSchema("shop"))).isEqualTo(Outcome.DONE);
            }
            assertThat(left(fresh.dsl(), "shop")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void theSchemaThatIsChosenAtRunTimeGoesBeforeTheDeclaredOne(TestDatabase kind) throws Exception {
        try (Fresh fresh = kind.fresh()) {
            String schema = kind == TestDatabase.MARIADB ? fresh.url().replaceAll(".*/", "") + "_ops" : "ops";
            fresh.dsl().execute("create schema " + schema);
            try {
                table(fresh.dsl(), schema);
                TestCatalog catalog = new TestCatalog()
                        .over(TestTables.all("elsewhere", "async_"))
                        .batch(1, Fill.of(schema, "a"));
                assertThat(run(catalog.on(fresh.dataSource()).stateSchema(schema)))
                        .isEqualTo(Outcome.DONE);
                assertThat(left(fresh.dsl(), schema)).isZero();
                assertThat(fresh.dsl().fetchCount(DSL.table(DSL.name(schema, "async_migration_instances"))))
                        .isEqualTo(1);
            } finally {
                fresh.dsl().execute("drop schema " + schema + (kind == TestDatabase.MARIADB ? "" : " cascade"));
            }
        }
    }

    @Test
    void aColumnThatIsMissingInAnotherDatabaseOfMariaDbIsAdded() throws Exception {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            String other = fresh.url().replaceAll(".*/", "") + "_other";
            fresh.dsl().execute("create database " + other);
            try {
                table(fresh.dsl(), other);
                TestCatalog catalog =
                        new TestCatalog().over(TestTables.all(other, "async_")).batch(1, Fill.of(other, "a"));
                assertThat(run(catalog.on(fresh.dataSource()))).isEqualTo(Outcome.DONE);
                fresh.dsl().execute("delete from " + other + ".async_schema_migrations");
                fresh.dsl().execute("alter table " + other + ".async_schema_migrations drop column keys_before");
                fresh.dsl().execute("update " + other + ".a set b = null");
                // A table of the same name in the connection's own database is nobody's business here.
                fresh.dsl().execute("create table async_migration_events (id int primary key, payload text)");
                assertThat(run(catalog.on(fresh.dataSource()))).isEqualTo(Outcome.DONE);
                assertThat(left(fresh.dsl(), other)).isZero();
            } finally {
                fresh.dsl().execute("drop database " + other);
            }
        }
    }

    @Test
    void aForeignTableInAnotherDatabaseOfMariaDbIsRefused() throws Exception {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            String other = fresh.url().replaceAll(".*/", "") + "_other";
            fresh.dsl().execute("create database " + other);
            try {
                fresh.dsl()
                        .execute(
                                "create table " + other + ".async_migration_events (id int primary key, payload text)");
                TestCatalog catalog =
                        new TestCatalog().over(TestTables.all(other, "async_")).data(1, run -> {});
                try (Dispatcher registry =
                        catalog.on(fresh.dataSource()).worker(worker).build()) {
                    var dispatch = registry.dispatch();
                    worker.untilIdle();
                    assertThat(dispatch.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(dispatch.message())
                            .contains("table async_migration_events is not a table of async-migrations", "in " + other);
                }
            } finally {
                fresh.dsl().execute("drop database " + other);
            }
        }
    }

    @Test
    void tenantsByAMappingOfSchemasEachNeedStateOfTheirOwn() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fill(fresh.dsl(), "tenant_a");
            fill(fresh.dsl(), "tenant_b");
            for (String tenant : List.of("tenant_a", "tenant_b")) {
                Configuration mapped = DSL.using(
                                fresh.dataSource(),
                                SQLDialect.POSTGRES,
                                new Settings()
                                        .withRenderMapping(new RenderMapping()
                                                .withSchemata(new MappedSchema()
                                                        .withInput("shop")
                                                        .withOutput(tenant))))
                        .configuration();
                TestCatalog catalog = new TestCatalog().batch(1, Fill.of("shop", "a"));
                assertThatThrownBy(() -> RegistryBuilder.of(mapped, catalog).build())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("RenderMapping", "stateSchema(");
                assertThat(run(RegistryBuilder.of(mapped, catalog).stateSchema(tenant)))
                        .isEqualTo(Outcome.DONE);
            }
            assertThat(left(fresh.dsl(), "tenant_a")).isZero();
            assertThat(left(fresh.dsl(), "tenant_b")).isZero();
        }
    }

    @Test
    void aPoolThatLosesItsSchemaWithARollbackLeadsToNoOtherTable() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            table(fresh.dsl(), "public");
            fill(fresh.dsl(), "shop");
            StatementCounter loses = new StatementCounter(fresh.dataSource()) {
                @Override
                public Connection getConnection() throws SQLException {
                    return new DefaultConnection(super.getConnection()) {
                        {
                            // As a pool does whose initial statement is not committed.
                            getDelegate().setAutoCommit(false);
                            try (var statement = getDelegate().createStatement()) {
                                statement.execute("set search_path = shop");
                            }
                        }

                        @Override
                        public boolean getAutoCommit() {
                            return true;
                        }

                        @Override
                        public void close() throws SQLException {
                            if (!getDelegate().getAutoCommit()) {
                                getDelegate().rollback();
                                getDelegate().setAutoCommit(true);
                            }
                            super.close();
                        }
                    };
                }
            };
            assertThat(run(new TestCatalog().batch(1, Fill.of("a")).on(loses))).isEqualTo(Outcome.DONE);
            assertThat(left(fresh.dsl(), "shop")).isZero();
            assertThat(left(fresh.dsl(), "public")).isEqualTo(3);
        }
    }

    @Test
    void aPoolThatHandsOutAnotherDatabaseOfMariaDbIsSaid() throws Exception {
        try (Fresh fresh = TestDatabase.MARIADB.fresh();
                Fresh other = TestDatabase.MARIADB.fresh()) {
            boolean[] astray = new boolean[1];
            StatementCounter pool = new StatementCounter(fresh.dataSource()) {
                @Override
                public Connection getConnection() throws SQLException {
                    return astray[0] ? other.dataSource().getConnection() : super.getConnection();
                }
            };
            try (Dispatcher registry =
                    new TestCatalog().data(1, run -> {}).on(pool).worker(worker).build()) {
                assertThat(registry.migration(1).state()).isEqualTo(State.CREATED);
                astray[0] = true;
                assertThatThrownBy(() -> registry.migration(1).state())
                        .isInstanceOf(MigrationException.class)
                        .hasMessageContaining("the pool handed out a connection to ");
            }
        }
    }

    @Test
    void theFirstStartOfOneSchemaDoesNotWaitForThatOfAnother() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl().execute("create schema a; create schema b");
            Product product = Connections.of(fresh.dataSource()).server().product();
            fresh.dsl().transaction(installing -> {
                product.lockCreation(installing.dsl(), "a");
                StateSchema.install(Connections.of(fresh.dataSource()).withStateSchema("b"), TestTables.all());
                assertThatThrownBy(() -> fresh.dsl().transaction(other -> {
                            other.dsl().execute("set local lock_timeout = 50");
                            product.lockCreation(other.dsl(), "a");
                        }))
                        .hasMessageContaining("lock timeout");
            });
            assertThat(fresh.dsl().fetchExists(DSL.table("b.async_schema_migrations")))
                    .isFalse();
        }
    }
}
