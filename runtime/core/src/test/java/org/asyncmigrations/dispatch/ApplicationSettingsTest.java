package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.PlainSession;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.conf.ExecuteWithoutWhere;
import org.jooq.conf.ParamType;
import org.jooq.conf.RenderNameCase;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that an application uses for its own statements. With each of them, every row is changed once. */
class ApplicationSettingsTest {
    private static final Table<Record> NOTES = table(name("notes"));
    private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
    private static final Field<String> BODY = field(name("body"), SQLDataType.VARCHAR(60));
    private static final Field<Integer> WORDS = field(name("words"), SQLDataType.INTEGER);
    private static final Field<Integer> CHANGES = field(name("changes"), SQLDataType.INTEGER);

    /** Row by row, with a condition. */
    private static final class CountWords implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(NOTES, ID);
        }

        @Override
        public Condition pending() {
            return WORDS.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(NOTES, note -> {
                note.set(WORDS, note.get(BODY).split(" ").length);
                note.set(CHANGES, note.get(CHANGES) + 1);
            });
        }
    }

    /** Row by row, without a condition: nothing would find a row that a batch leaves out. */
    private static final class CountAgain implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(NOTES, ID);
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(NOTES, note -> note.set(CHANGES, note.get(CHANGES) + 10));
        }
    }

    private static final Map<String, Function<Settings, Settings>> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put(
                "without where: throw",
                settings -> settings.withExecuteUpdateWithoutWhere(ExecuteWithoutWhere.THROW)
                        .withExecuteDeleteWithoutWhere(ExecuteWithoutWhere.THROW));
        SETTINGS.put("at most 100 rows", settings -> settings.withMaxRows(100));
        SETTINGS.put("fetch size 3", settings -> settings.withFetchSize(3));
        SETTINGS.put("query timeout 1 s", settings -> settings.withQueryTimeout(1));
        SETTINGS.put("static", settings -> settings.withStatementType(StatementType.STATIC_STATEMENT));
        SETTINGS.put("inlined", settings -> settings.withParamType(ParamType.INLINED));
        SETTINGS.put(
                "no quotes",
                settings -> settings.withRenderQuotedNames(RenderQuotedNames.NEVER)
                        .withRenderNameCase(RenderNameCase.LOWER_IF_UNQUOTED));
        SETTINGS.put("formatted", settings -> settings.withRenderFormatted(true));
        SETTINGS.put("optimistic", settings -> settings.withExecuteWithOptimisticLocking(true));
        SETTINGS.put(
                "detached, no log",
                settings -> settings.withAttachRecords(false).withExecuteLogging(false));
        SETTINGS.put("warnings", settings -> settings.withFetchWarnings(true));
    }

    static Stream<Arguments> settings() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> SETTINGS.keySet().stream().map(which -> Arguments.of(database, which)))
                // H2 treats unquoted names as upper case, unless its URL says otherwise.
                .filter(arguments -> !List.of(arguments.get()).equals(List.of(TestDatabase.H2, "no quotes")));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachRowIsChangedOnce(TestDatabase database, String which) throws Exception {
        try (Fresh fresh = notes(database, 3_000)) {
            var configuration = new DefaultConfiguration()
                    .set(fresh.dataSource())
                    .set(database.dialect())
                    .set(SETTINGS.get(which).apply(new Settings()));
            TestCatalog catalog = new TestCatalog().batch(1, new CountWords()).batch(2, new CountAgain());
            try (Dispatcher registry = RegistryBuilder.of(configuration, catalog)
                    .threads(1)
                    .maxAttempts(1)
                    .build()) {
                assertThat(registry.dispatch().await(TroubleBench.LONG))
                        .withFailMessage(() -> registry.status().toString())
                        .isEqualTo(Outcome.DONE);
            }
            assertThat(fresh.dsl().fetchCount(NOTES, CHANGES.ne(11).or(WORDS.isNull())))
                    .isZero();
        }
    }

    /** What a DBA may have set for all sessions. */
    @ParameterizedTest
    @EnumSource(names = "MARIADB")
    void nothingIsLeftOutUnderTheServersOwnGuards(TestDatabase database) throws Exception {
        try (Fresh fresh = notes(database, 3_000)) {
            var config = new com.zaxxer.hikari.HikariConfig();
            config.setJdbcUrl(fresh.url());
            config.setUsername(fresh.user());
            config.setPassword(fresh.password());
            config.setMaximumPoolSize(4);
            config.setConnectionInitSql(
                    "set session sql_safe_updates = 1, sql_select_limit = 100, max_join_size = 10000");
            TestCatalog catalog = new TestCatalog()
                    .batch(1, new CountWords())
                    .batch(2, new CountAgain())
                    .data(
                            3,
                            run -> run.dsl()
                                    .deleteFrom(NOTES)
                                    .where(BODY.like("word 1%"))
                                    .execute());
            try (var pool = new com.zaxxer.hikari.HikariDataSource(config);
                    Dispatcher registry =
                            catalog.on(pool).threads(1).maxAttempts(1).build()) {
                assertThat(registry.dispatch().await(TroubleBench.LONG))
                        .withFailMessage(() -> registry.status().toString())
                        .isEqualTo(Outcome.DONE);
                try (PlainSession session = Connections.of(pool).borrowPlain()) {
                    assertThat(session.update("delete from notes where words = 99"))
                            .isZero();
                    assertThat(session.query("select id from notes", row -> row.getLong(1)))
                            .hasSize(3_000 - 1_111);
                }
                assertThat(pool.getConnection()).satisfies(connection -> {
                    try (connection;
                            var statement = connection.createStatement();
                            var row = statement.executeQuery("select @@sql_safe_updates, @@sql_select_limit")) {
                        row.next();
                        assertThat(row.getString(1) + " " + row.getString(2)).isEqualTo("1 100");
                    }
                });
            }
            assertThat(fresh.dsl().fetchCount(NOTES, CHANGES.ne(11).or(WORDS.isNull())))
                    .isZero();
            assertThat(fresh.dsl().fetchCount(NOTES)).isEqualTo(3_000 - 1_111);
        }
    }

    private static Fresh notes(TestDatabase database, int rows) {
        Fresh fresh = database.fresh();
        fresh.dsl()
                .createTable(NOTES)
                .column("id", SQLDataType.BIGINT.nullable(false))
                .column(BODY)
                .column(WORDS)
                .column("changes", SQLDataType.INTEGER.nullable(false).defaultValue(DSL.inline(0)))
                .primaryKey("id")
                .execute();
        for (int from = 1; from <= rows; from += 1_000) {
            var insert = fresh.dsl().insertInto(NOTES).columns(ID, BODY);
            for (long id = from; id < from + 1_000; id++) {
                insert.values(id, "word " + id);
            }
            insert.execute();
        }
        return fresh;
    }
}
