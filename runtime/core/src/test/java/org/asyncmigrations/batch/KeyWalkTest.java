package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyWalkTest {
    private static final int ROWS = 203;

    static Stream<Arguments> keys() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(
                                Sample.of("bigint", i -> (long) i),
                                Sample.of("bigint", i -> (i - 100) * 4_567_890_123_456_789L),
                                Sample.of("numeric(30, 6)", i -> (i - 100) + ".0000" + i % 10 + "1"),
                                Sample.of("uuid", i -> UUID.nameUUIDFromBytes(new byte[] {(byte) i})),
                                Sample.of("varchar(40)", KeyWalkTest::word),
                                Sample.of("char(40)", KeyWalkTest::word),
                                Sample.of(
                                        "date",
                                        i -> java.time.LocalDate.of(1999, 12, 1).plusDays(i)),
                                Sample.of(time(database), KeyWalkTest::inTheHourThatIsSkipped),
                                Sample.of(binary(database), i -> new byte[] {(byte) i, (byte) 0xC3}))
                        .map(sample -> Arguments.of(database, sample)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aWalkVisitsEachRowOnce(TestDatabase database, Sample sample) {
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try (Fresh fresh = database.fresh()) {
            fresh.dsl().execute("create table t (k " + sample.type + " primary key, visits int not null)");
            for (int i = 0; i < ROWS; i++) {
                fresh.dsl().execute("insert into t values ({0}, 0)", DSL.inline(sample.value.apply(i)));
            }
            KeySpace space = KeySpace.of(
                    BatchKey.of(table("t"), field("k", Long.class)),
                    noCondition(),
                    TestProducts.of(fresh.dsl()),
                    fresh.dsl());
            assertThat(visits(fresh.dsl(), space, 10)).hasSize(21).endsWith(3);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    /** For plain JDBC: each stretch of the key, written with literals, is the same as with bind values. */
    @ParameterizedTest
    @MethodSource("keys")
    void theRowsAsTextAreTheSameRows(TestDatabase database, Sample sample) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table t (k " + sample.type + " primary key, visits int not null)");
            for (int i = 0; i < ROWS; i++) {
                dsl.execute("insert into t values ({0}, 0)", DSL.inline(sample.value.apply(i)));
            }
            KeySpace space = KeySpace.of(BatchKey.of("t", "k"), noCondition(), TestProducts.of(dsl), dsl);
            assertThat(visitsByText(dsl, space, 10)).hasSize(21).endsWith(3);
        }
    }

    /** A session may take a backslash literally or as an escape. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"", "NO_BACKSLASH_ESCAPES"})
    void backslashesAndQuotesOfAKeyAreLiteralInEachMode(String mode) throws Exception {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            fresh.dsl().execute("create table t (k varchar(40) primary key, visits int not null)");
            for (String word : List.of("\\", "\\'", "'", "a\\nb", "?", "\\\\", "\"", "{rows}")) {
                fresh.dsl().execute("insert into t values (?, 0)", word);
            }
            fresh.dsl().connection(connection -> {
                DSLContext dsl = DSL.using(connection, fresh.dsl().dialect());
                dsl.execute("set sql_mode = '" + mode + "'");
                KeySpace space = KeySpace.of(BatchKey.of("t", "k"), noCondition(), TestProducts.of(dsl), dsl);
                assertThat(visitsByText(dsl, space, 1)).hasSize(9).endsWith(0);
            });
        }
    }

    private static List<Integer> visitsByText(DSLContext dsl, KeySpace space, int keys) throws Exception {
        List<Integer> batches = new ArrayList<>();
        Key after = null;
        Key upTo;
        do {
            upTo = space.end(dsl, after, null, keys);
            String rows = new KeyedRowBatch(dsl, dsl, space, space.range(after, upTo)).rowsSql();
            batches.add(dsl.connectionResult(connection -> {
                try (var update = connection.prepareStatement("update t set visits = visits + ? where " + rows)) {
                    update.setInt(1, 1);
                    return update.executeUpdate();
                }
            }));
            after = upTo;
        } while (upTo != null);
        assertThat(dsl.fetchCount(table("t"), field("visits").ne(1))).isZero();
        return batches;
    }

    @ParameterizedTest
    @EnumSource
    void aCompositeKeyVisitsEachRowOnce(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table t (a varchar(9), b int, c bigint, visits int not null, primary key (a, b, c))");
            List<String> words = List.of("x", "|", "\\", "Ÿ");
            for (int i = 0; i < ROWS; i++) {
                dsl.execute("insert into t values ({0}, " + i % 5 + ", " + i + ", 0)", DSL.val(words.get(i % 4)));
            }
            Field<?>[] key = {field("a", String.class), field("b", Integer.class), field("c", Long.class)};
            for (Field<?>[] columns : new Field<?>[][] {key, {key[2], key[0]}, {key[1]}, {key[1], key[2]}}) {
                dsl.execute("update t set visits = 0");
                KeySpace space =
                        KeySpace.of(BatchKey.of(table("t"), columns), noCondition(), TestProducts.of(dsl), dsl);
                assertThat(visits(dsl, space, 7)).hasSize(30).endsWith(0);
                KeySpace downwards = KeySpace.of(
                        BatchKey.of(table("t"), columns).descending(), noCondition(), TestProducts.of(dsl), dsl);
                assertThat(visits(dsl, downwards, 7)).hasSize(30).endsWith(0);
                assertThat(downwards.end(dsl, null, null, 1)).isEqualTo(space.last(dsl, null));
                assertThat(downwards.last(dsl, null)).isEqualTo(space.end(dsl, null, null, 1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyTableAndOneRowHaveNothingBeforeTheirTail(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl().execute("create table t (k bigint primary key, visits int not null)");
            KeySpace space = KeySpace.of(
                    BatchKey.of(table("t"), field("k", Long.class)),
                    noCondition(),
                    TestProducts.of(fresh.dsl()),
                    fresh.dsl());
            assertThat(visits(fresh.dsl(), space, 2)).isEqualTo(List.of(0));
            fresh.dsl().execute("insert into t values (7, 0)");
            assertThat(visits(fresh.dsl(), space, 2)).isEqualTo(List.of(1));
            assertThat(visits(fresh.dsl(), space, 1)).isEqualTo(List.of(1, 0));
        }
    }

    /**
     * Walks as a worker does, through the text of each key. Counts the visits of each row, and returns the number of rows of each
     * batch.
     */
    static List<Integer> visits(DSLContext dsl, KeySpace space, int keys) {
        Field<Integer> visits = field("visits", Integer.class);
        dsl.update(table("t")).set(visits, 0).execute();
        List<Integer> batches = new ArrayList<>();
        Key after = null;
        Key upTo;
        do {
            upTo = space.end(dsl, after, null, keys);
            upTo = upTo == null ? null : space.read(space.write(upTo));
            batches.add(dsl.update(table("t"))
                    .set(visits, visits.plus(1))
                    .where(space.rows(after, upTo))
                    .execute());
            after = upTo;
        } while (upTo != null);
        assertThat(dsl.fetchCount(table("t"), visits.ne(1))).isZero();
        return batches;
    }

    private static String word(int i) {
        return List.of("a", "A", "ä", "z", "ß", "é", "😀", "Ž").get(i % 8) + (i % 3 == 0 ? "-" : " ") + i;
    }

    private static java.time.LocalDateTime inTheHourThatIsSkipped(int i) {
        return java.time.LocalDateTime.of(2026, 3, 29, 1, 30)
                .plusSeconds(37L * i)
                .plusNanos(1_000L * i);
    }

    private static String time(TestDatabase database) {
        return database == TestDatabase.MARIADB ? "datetime(6)" : "timestamp(6)";
    }

    private static String binary(TestDatabase database) {
        return database == TestDatabase.POSTGRES ? "bytea" : "varbinary(16)";
    }

    private record Sample(String type, IntFunction<Object> value) {
        static Sample of(String type, IntFunction<Object> value) {
            return new Sample(type, value);
        }

        @Override
        public String toString() {
            return type + " " + value.apply(0);
        }
    }
}
