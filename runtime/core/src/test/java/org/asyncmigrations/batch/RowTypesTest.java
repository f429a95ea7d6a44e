package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.jooq.Converter;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.TableField;
import org.jooq.impl.CustomRecord;
import org.jooq.impl.CustomTable;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of each type, and null, are written through {@code batch.update} next to each other in one statement, and read back. */
class RowTypesTest {
    private static final Converter<String, Word> WORD =
            Converter.ofNullable(String.class, Word.class, Word::new, Word::text);

    private static final Converter<String, StringBuilder> BUILDER =
            Converter.ofNullable(String.class, StringBuilder.class, StringBuilder::new, StringBuilder::toString);

    static Stream<Arguments> types() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> samples(database).entrySet().stream()
                        .map(sample -> Arguments.of(database, sample.getKey(), sample.getValue())));
    }

    private static Map<DataType<?>, List<?>> samples(TestDatabase database) {
        Map<DataType<?>, List<?>> samples = new LinkedHashMap<>();
        samples.put(SQLDataType.SMALLINT, List.of((short) -7, (short) 9));
        samples.put(SQLDataType.INTEGER, List.of(Integer.MIN_VALUE, 9));
        samples.put(SQLDataType.BIGINT, List.of(Long.MIN_VALUE, Long.MAX_VALUE));
        samples.put(
                SQLDataType.DECIMAL_INTEGER.precision(30),
                List.of(new BigInteger("123456789012345678901234567890"), BigInteger.ONE));
        samples.put(
                SQLDataType.NUMERIC(20, 4),
                List.of(new BigDecimal("-1234567890123456.7891"), new BigDecimal("0.1000")));
        samples.put(SQLDataType.DOUBLE, List.of(0.1, -1e300));
        samples.put(SQLDataType.BOOLEAN, List.of(true, false));
        samples.put(SQLDataType.VARCHAR(99), List.of("", "Ÿ😀 'a\"b\\c{d,e}\n|null"));
        samples.put(SQLDataType.CHAR(36), List.of("6f7f7f7f-0000-4000-8000-00000000000a", "x".repeat(36)));
        samples.put(SQLDataType.CLOB, List.of("ß".repeat(30_000), "NULL"));
        samples.put(SQLDataType.UUID, List.of(new UUID(5, 7), new UUID(-5, -7)));
        samples.put(SQLDataType.LOCALDATE, List.of(LocalDate.of(1, 2, 3), LocalDate.of(9999, 12, 31)));
        samples.put(SQLDataType.LOCALTIME, List.of(LocalTime.of(0, 0), LocalTime.of(23, 59, 59)));
        samples.put(
                SQLDataType.LOCALDATETIME(6),
                List.of(LocalDateTime.of(2026, 11, 21, 9, 30, 0, 123_456_000), LocalDateTime.of(1999, 1, 1, 0, 0)));
        samples.put(SQLDataType.BINARY(2), List.of(new byte[] {0, -1}, new byte[] {'\\', '\''}));
        samples.put(SQLDataType.BLOB, List.of(new byte[] {0, -1, '\\', 'x', '\''}, new byte[] {7}));
        samples.put(SQLDataType.JSON, List.of(JSON.valueOf("[\"ü'{}\"]"), JSON.valueOf("[]")));
        samples.put(SQLDataType.VARCHAR(9).asConvertedDataType(WORD), List.of(new Word("a"), new Word("b")));
        if (database == TestDatabase.POSTGRES) {
            samples.put(SQLDataType.JSONB, List.of(JSONB.valueOf("{\"a\": [1, null, \"ü'\"]}"), JSONB.valueOf("[]")));
            samples.put(
                    SQLDataType.TIMESTAMPWITHTIMEZONE(6),
                    List.of(
                            OffsetDateTime.parse("2026-10-25T02:30:00.123456Z"),
                            OffsetDateTime.parse("1999-01-01T00:00Z")));
            samples.put(SQLDataType.VARCHAR.array(), List.of(new String[] {"a", null, "{\"b\\"}, new String[] {}));
            samples.put(
                    SQLDataType.INTERVALDAYTOSECOND,
                    List.of(new org.jooq.types.DayToSecond(1, 2), new org.jooq.types.DayToSecond(0)));
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatIsSetIsWhatIsThere(TestDatabase database, DataType<?> type, List<?> values) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Things things = new Things(type);
            DSLContext dsl = fresh.dsl();
            dsl.createTable(things)
                    .columns(things.fields())
                    .primaryKey(things.ID)
                    .execute();
            for (long id = 1; id <= 4; id++) {
                dsl.insertInto(things, things.ID, things.OTHER).values(id, "x").execute();
            }
            List<?> set = Arrays.asList(values.get(0), null, values.get(1), values.get(0));
            assertThat(write(dsl, things, set)).isEqualTo(3);
            assertThat(read(dsl, things)).isEqualTo(set.toArray());
            List<?> other = Arrays.asList(null, values.get(1), values.get(0), values.get(0));
            assertThat(write(dsl, things, other)).isGreaterThanOrEqualTo(3);
            assertThat(read(dsl, things)).isEqualTo(other.toArray());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatIsChangedInPlaceIsWrittenAndOneThatIsNotIsNot(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Things things = new Things(SQLDataType.VARCHAR(99).asConvertedDataType(BUILDER));
            DSLContext dsl = fresh.dsl();
            dsl.createTable(things)
                    .columns(things.fields())
                    .primaryKey(things.ID)
                    .execute();
            dsl.execute("insert into {0} values (1, 'x', 'a'), (2, 'x', 'b'), (3, 'x', null)", things);
            KeySpace space = KeySpace.of(BatchKey.of(things.ID), noCondition(), TestProducts.of(dsl), dsl);
            long changed = new KeyedRowBatch(dsl, dsl, space, space.range(null, null)).update(things, thing -> {
                if (thing.get(things.ID) != 2) {
                    things.append(thing, "!");
                }
            });
            assertThat(changed).isEqualTo(1);
            assertThat(dsl.fetchValues(dsl.select(things.VALUE.coerce(String.class))
                            .from(things)
                            .orderBy(things.ID)))
                    .containsExactly("a!", "b", null);
        }
    }

    @SuppressWarnings("unchecked")
    private static long write(DSLContext dsl, Things things, List<?> values) throws Exception {
        KeySpace space = KeySpace.of(BatchKey.of(things.ID), noCondition(), TestProducts.of(dsl), dsl);
        return new KeyedRowBatch(dsl, dsl, space, space.range(null, null))
                .update(
                        things,
                        thing -> thing.set(
                                (Field<Object>) things.VALUE,
                                values.get(thing.get(things.ID).intValue() - 1)));
    }

    private static Object[] read(DSLContext dsl, Things things) {
        return dsl.select(things.VALUE)
                .from(things)
                .orderBy(things.ID)
                .fetch(things.VALUE)
                .toArray();
    }

    private record Word(String text) {}

    private static final class Things extends CustomTable<Thing> {
        private static final long serialVersionUID = 1L;

        final TableField<Thing, Long> ID = createField(name("id"), SQLDataType.BIGINT.notNull());
        final TableField<Thing, String> OTHER = createField(name("other"), SQLDataType.VARCHAR(9));
        final TableField<Thing, ?> VALUE;

        Things(DataType<?> type) {
            super(name("things"));
            VALUE = createField(name("value"), type);
        }

        void append(Thing thing, String text) {
            if (thing.get(VALUE) instanceof StringBuilder value) {
                value.append(text);
            }
        }

        @Override
        public Class<? extends Thing> getRecordType() {
            return Thing.class;
        }
    }

    /** A record that jOOQ creates, so it needs a constructor without arguments. */
    static final class Thing extends CustomRecord<Thing> {
        private static final long serialVersionUID = 1L;

        Thing() {
            super(new Things(SQLDataType.OTHER));
        }
    }
}
