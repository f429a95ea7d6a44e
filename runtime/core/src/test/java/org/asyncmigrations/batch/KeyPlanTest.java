package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a batch is found in the key's index alone, at a cost that doesn't grow with the rows before it. */
class KeyPlanTest {
    private static final String TYPES =
            "a %1$s not null, b uuid not null, c bigint not null, u uuid not null, s varchar(60) not null,"
                    + " w %1$s not null, filling varchar(200)";

    /** A single long, UUID, string and time, and several columns together; c is the primary key. */
    private static final List<String> KEYS = List.of("c", "u", "s", "w", "a, c", "a, b, c", "b, c", "s, c");

    /** Walked from the highest to the lowest, by the same indexes. */
    private static final List<String> DOWNWARDS = List.of("c desc", "s desc", "a, c desc", "a, b, c desc");

    private static final Map<TestDatabase, Fresh> FILLED = new EnumMap<>(TestDatabase.class);

    static Stream<Arguments> keys() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        Stream.of(KEYS, DOWNWARDS).flatMap(List::stream).map(key -> Arguments.of(database, key)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theEndOfABatchIsReadFromTheKeysIndexAlone(TestDatabase database, String key) {
        DSLContext dsl = filled(database);
        KeySpace space = indexed(dsl, database, key);
        Key middle = space.end(dsl, null, null, 11_000);
        assertThat(plan(dsl, database, space, middle)).satisfies(plan -> isFromTheIndex(database, plan));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theRowsOfABatchAreReadByTheKeysIndex(TestDatabase database, String key) {
        DSLContext dsl = filled(database);
        KeySpace space = indexed(dsl, database, key);
        Key after = space.end(dsl, null, null, 11_000);
        String rows = dsl.renderInlined(
                dsl.select().from(table("t")).where(space.rows(after, space.end(dsl, after, null, 100))));
        // Reads the new index into the cache, so that the plan counts all of its pages as hits.
        dsl.fetch(rows);
        String plan = explained(dsl, database, rows);
        switch (database) {
            case POSTGRES -> {
                assertThat(plan)
                        .containsPattern("Index Scan (Backward )?(using|on) k")
                        .doesNotContain("Filter", "Seq Scan");
                // Without a bound on the first column, the planner expects a quarter of the table.
                assertThat(number(plan, "rows=(\\d+) ")).isLessThan(4_000);
                // The scan stops at the range's end: 10,000 rows have the first value, on 40 pages of the index.
                assertThat(number(plan, "(?s)Index Scan.*?hit=(\\d+)")).isLessThan(key.startsWith("a, c") ? 30 : 110);
            }
            case MARIADB -> assertThat(plan).contains("\"access_type\": \"range\"");
            case H2 -> assertThat(number(plan, "scanCount: (\\d+)")).isLessThan(10_300);
        }
    }

    /** One table for all keys: it takes longer to fill it than to index it again. */
    private static DSLContext filled(TestDatabase database) {
        return FILLED.computeIfAbsent(database, KeyPlanTest::fill).dsl();
    }

    private static Fresh fill(TestDatabase database) {
        Fresh fresh = database.fresh();
        DSLContext dsl = fresh.dsl();
        String types = String.format(TYPES, database == TestDatabase.MARIADB ? "datetime(6)" : "timestamp(6)");
        dsl.execute("create table t (" + types + ", primary key (c))");
        dsl.execute(rows(database));
        return fresh;
    }

    @AfterAll
    static void close() {
        FILLED.values().forEach(Fresh::close);
        FILLED.clear();
    }

    private static KeySpace indexed(DSLContext dsl, TestDatabase database, String key) {
        dsl.execute("drop index if exists k" + (database == TestDatabase.MARIADB ? " on t" : ""));
        dsl.execute("create unique index k on t (" + key.replace(" desc", "") + ")");
        dsl.execute(
                switch (database) {
                    case POSTGRES -> "vacuum analyze t";
                    case MARIADB -> "analyze table t";
                    case H2 -> "analyze";
                });
        BatchKey upwards = BatchKey.of(table("t"), fields(key.replace(" desc", "")));
        BatchKey walked = key.endsWith(" desc") ? upwards.descending() : upwards;
        return KeySpace.of(walked, noCondition(), TestProducts.of(dsl), dsl);
    }

    private static String explained(DSLContext dsl, TestDatabase database, String sql) {
        String explain = switch (database) {
            case MARIADB -> "analyze format=json ";
            case POSTGRES -> "explain (analyze, buffers) ";
            case H2 -> "explain analyze ";
        };
        return String.join("\n", dsl.fetch(explain + sql).getValues(0, String.class));
    }

    private static String rows(TestDatabase database) {
        return switch (database) {
            case POSTGRES ->
                "insert into t select timestamp '2026-01-01' + i / 10000 * interval '1 hour',"
                        + " md5((i / 100)::text)::uuid, i, md5(i::text)::uuid, 'order ' || lpad(i::text, 9, '0'),"
                        + " timestamp '2026-01-01' + i * interval '1 second', repeat('x', 200)"
                        + " from generate_series(1, 20000) i";
            case MARIADB ->
                "insert into t select timestamp '2026-01-01 00:00:00' + interval seq div 10000 hour,"
                        + " concat('00000000-0000-4000-8000-', lpad(seq div 100, 12, '0')), seq,"
                        + " concat('00000000-0000-4000-8000-', lpad(seq, 12, '0')), concat('order ', lpad(seq, 9, '0')),"
                        + " timestamp '2026-01-01 00:00:00' + interval seq second, repeat('x', 200)"
                        + " from seq_1_to_20000";
            case H2 ->
                "insert into t select dateadd(hour, x / 10000, timestamp '2026-01-01 00:00:00'),"
                        + " cast('00000000-0000-4000-8000-' || lpad(cast(x / 100 as varchar), 12, '0') as uuid), x,"
                        + " cast('00000000-0000-4000-8000-' || lpad(cast(x as varchar), 12, '0') as uuid),"
                        + " 'order ' || lpad(cast(x as varchar), 9, '0'),"
                        + " dateadd(second, x, timestamp '2026-01-01 00:00:00'), repeat('x', 200)"
                        + " from system_range(1, 20000)";
        };
    }

    private static Field<?>[] fields(String key) {
        return Stream.of(key.split(", ")).map(name -> field(name, Long.class)).toArray(Field<?>[]::new);
    }

    /** The plan of the statement that {@code end} sends. The statement is explained when it is rendered. */
    private static String plan(DSLContext dsl, TestDatabase database, KeySpace space, Key after) {
        List<String> plans = new ArrayList<>();
        ExecuteListener explaining = new ExecuteListener() {
            private static final long serialVersionUID = 1L;

            @Override
            public void renderEnd(ExecuteContext context) {
                plans.add(explained(dsl, database, dsl.renderInlined(context.query())));
            }
        };
        DefaultConfiguration listened = new DefaultConfiguration();
        listened.setConnectionProvider(dsl.configuration().connectionProvider());
        listened.setSQLDialect(dsl.dialect());
        listened.setExecuteListener(explaining);
        assertThat(space.end(DSL.using(listened), after, null, 100)).isNotNull();
        return String.join("\n", plans);
    }

    private static void isFromTheIndex(TestDatabase database, String plan) {
        switch (database) {
            case POSTGRES -> assertThat(plan).contains("Index Only Scan").doesNotContain("Filter", "Sort", "Seq Scan");
            case MARIADB ->
                assertThat(plan)
                        .contains("\"access_type\": \"range\"", "\"using_index\": true")
                        .doesNotContain("filesort");
            case H2 -> {
                assertThat(plan).contains("index sorted");
                assertThat(number(plan, "scanCount: (\\d+)")).isLessThan(10_300);
            }
        }
    }

    private static long number(String plan, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(plan);
        assertThat(matcher.find()).as(plan).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
