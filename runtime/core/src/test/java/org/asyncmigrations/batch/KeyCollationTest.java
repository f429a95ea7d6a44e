package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A text key is compared by its column's own collation, whatever the connection's collation is. Otherwise rows are left out, or
 * each batch reads all rows.
 */
class KeyCollationTest {
    private static final int ROWS = 203;

    private static final Field<Integer> VISITS = field("visits", Integer.class);

    /** Enough rows to make a plan that reads all of them expensive. */
    private static final int PLANNED = 5_000;

    private static final String ASCII = "a B c-D Z _ ~ O y";
    private static final String LATIN = ASCII + " Å Ö é ü Ä ß ø æ";
    private static final String PLANE = LATIN + " Ž ł ﬁ Я 中 İ";
    private static final String ALL = PLANE + " 😀 𝒜";

    /** MariaDB's collations, each with letters of its character set. */
    private static final Map<String, String> MARIADB = Map.ofEntries(
            Map.entry("latin1_swedish_ci", LATIN),
            Map.entry("latin1_german2_ci", LATIN),
            Map.entry("latin1_bin", LATIN),
            Map.entry("ascii_general_ci", ASCII),
            Map.entry("ascii_bin", ASCII),
            Map.entry("utf8mb3_general_ci", PLANE),
            Map.entry("utf8mb3_unicode_ci", PLANE),
            Map.entry("ucs2_general_ci", PLANE),
            Map.entry("utf8mb4_general_ci", ALL),
            Map.entry("utf8mb4_unicode_ci", ALL),
            Map.entry("utf8mb4_swedish_ci", ALL),
            Map.entry("utf8mb4_danish_ci", ALL),
            Map.entry("utf8mb4_bin", ALL),
            Map.entry("utf8mb4_nopad_bin", ALL),
            Map.entry("utf8mb4_unicode_nopad_ci", ALL),
            Map.entry("utf8mb4_uca1400_ai_ci", ALL),
            Map.entry("utf8mb4_uca1400_swedish_as_cs", ALL),
            Map.entry("utf8mb4_uca1400_nopad_as_cs", ALL));

    static Stream<Arguments> columns() {
        Stream<Arguments> mariaDb = MARIADB.keySet().stream()
                .sorted()
                .flatMap(collation -> Stream.of("varchar(40)", "char(40)")
                        .map(type -> Arguments.of(TestDatabase.MARIADB, type, collation, MARIADB.get(collation))));
        Stream<Arguments> postgres = Stream.of("\"C\"", "\"en-x-icu\"", "\"sv-x-icu\"", "folded", "\"default\"")
                .flatMap(collation -> Stream.of("varchar(40)", "text", "char(40)")
                        .map(type -> Arguments.of(TestDatabase.POSTGRES, type, collation, ALL)));
        Stream<Arguments> h2 = Stream.of(
                        "ENGLISH STRENGTH PRIMARY", "SWEDISH STRENGTH TERTIARY", "GERMAN STRENGTH IDENTICAL")
                .flatMap(collation -> Stream.of("varchar(40)", "char(40)", "varchar_ignorecase(40)")
                        .map(type -> Arguments.of(TestDatabase.H2, type, collation, LATIN)));
        return Stream.of(mariaDb, postgres, h2).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void aWalkByTextVisitsEachRowOnce(TestDatabase database, String type, String collation, String letters)
            throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            KeySpace space = filled(dsl, type, collation, words(letters, (type + collation).matches("var.*nopad.*")));
            assertThat(KeyWalkTest.visits(dsl, space, 10)).startsWith(10, 10);
            assertThat(changes(dsl, space)).isEqualTo(dsl.fetchCount(table("t")));
            assertThat(dsl.fetchCount(table("t"), VISITS.ne(2))).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"latin1_swedish_ci", "ascii_general_ci", "utf8mb3_general_ci", "utf8mb4_unicode_ci"})
    void theRowsOfABatchAreWrittenByTheKeysIndex(String collation) throws Exception {
        assertIsWrittenByTheIndex(collation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf8mb4_bin", "utf8mb4_uca1400_ai_ci", "utf8mb4_nopad_bin", "latin1_bin"})
    void theRowsOfABatchAreWrittenByTheKeysIndexInItsOrder(String collation) throws Exception {
        assertIsWrittenByTheIndex(collation);
    }

    private static void assertIsWrittenByTheIndex(String collation) throws Exception {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            DSLContext dsl = fresh.dsl();
            KeySpace space = filled(dsl, "char(36)", collation, List.of());
            dsl.execute("insert into t select concat('6f7f7f7f-0000-4000-8000-', lpad(seq, 12, '0')), 0 from seq_1_to_"
                    + PLANNED);
            dsl.execute("analyze table t");
            Key after = space.end(dsl, null, null, PLANNED / 2);
            Key upTo = space.end(dsl, after, null, 100);
            List<String> updates = new ArrayList<>();
            DSLContext seen = noting(dsl, updates);
            seen.update(table("t"))
                    .set(VISITS, 1)
                    .where(space.rows(after, upTo))
                    .execute();
            new KeyedRowBatch(seen, seen, space, space.range(after, upTo))
                    .update(table("t"), row -> row.set(VISITS, 2));
            assertThat(updates).hasSize(2);
            assertThat(access(dsl, updates.get(0))).isEqualTo("range");
            assertThat(access(dsl, updates.get(1))).isEqualTo("eq_ref");
        }
    }

    private static KeySpace filled(DSLContext dsl, String type, String collation, List<String> words) {
        if (collation.equals("folded")) {
            dsl.execute("create collation folded (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
        }
        boolean ofTheDatabase = dsl.family() == SQLDialect.H2;
        if (ofTheDatabase) {
            dsl.execute("set collation " + collation);
        }
        String own = ofTheDatabase ? "" : " collate " + collation;
        dsl.execute("create table t (k " + type + own + " primary key, visits int not null)");
        insert(dsl, words);
        return KeySpace.of(BatchKey.of(table("t"), field("k", String.class)), noCondition(), TestProducts.of(dsl), dsl);
    }

    private static void insert(DSLContext dsl, List<String> words) {
        dsl.batched(
                batch -> words.forEach(word -> batch.dsl().execute("insert into t values ({0}, 0)", DSL.val(word))));
    }

    /**
     * Words of which no two are equal under any of the collations. Words that differ only in trailing spaces are among them if the
     * collation compares these.
     */
    private static List<String> words(String letters, boolean noPad) {
        String[] each = letters.split(" ");
        List<String> words = new ArrayList<>();
        IntStream.range(0, ROWS).forEach(i -> words.add(each[i % each.length] + (i % 3 == 0 ? "-" : " ") + i));
        if (noPad) {
            words.addAll(List.of("n", "n ", "n  "));
        }
        return words;
    }

    /** {@return how many rows {@code batch.update} reports as changed, over the whole table} */
    private static long changes(DSLContext dsl, KeySpace space) throws Exception {
        long changes = 0;
        Key after = null;
        for (int i = 0; i == 0 || after != null; i++) {
            Key upTo = space.end(dsl, after, null, 20);
            changes += new KeyedRowBatch(dsl, dsl, space, space.range(after, upTo))
                    .update(table("t"), KeyCollationTest::visit);
            after = upTo;
        }
        return changes;
    }

    @SuppressWarnings("unchecked")
    private static void visit(Record row) {
        row.set((Field<Integer>) row.field(1), row.get(1, Integer.class) + 1);
    }

    private static DSLContext noting(DSLContext dsl, List<String> updates) {
        ExecuteListener noting = new ExecuteListener() {
            private static final long serialVersionUID = 1L;

            @Override
            public void renderEnd(ExecuteContext context) {
                String sql = dsl.renderInlined(context.query());
                if (sql.startsWith("update")) {
                    updates.add(sql);
                }
            }
        };
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.setConnectionProvider(dsl.configuration().connectionProvider());
        configuration.setSQLDialect(dsl.dialect());
        configuration.setExecuteListener(noting);
        return DSL.using(configuration);
    }

    /** {@return how the plan of that statement reads the walked table} */
    private static String access(DSLContext dsl, String update) {
        return dsl.fetch("explain " + update).stream()
                .filter(row -> "t".equals(row.get("table")))
                .map(row -> row.get("type", String.class))
                .findFirst()
                .orElseThrow();
    }
}
