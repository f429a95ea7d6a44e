package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.asyncmigrations.product.ChangedRow;
import org.asyncmigrations.product.ChangedRows;
import org.asyncmigrations.product.KeyColumn;
import org.asyncmigrations.product.TableShape;
import org.jooq.Converter;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Rows that were changed in Java and are written back by their keys. Stateless and thread-safe. */
final class WriteFacts {
    private static final Field<Long> ID = DSL.field(DSL.name("id"), SQLDataType.BIGINT.notNull());
    private static final Field<String> OTHER = DSL.field(DSL.name("other"), SQLDataType.VARCHAR(20));
    private static final Converter<String, StringBuilder> CONVERTER =
            Converter.ofNullable(String.class, StringBuilder.class, StringBuilder::new, StringBuilder::toString);

    private WriteFacts() {}

    static List<Fact> all(ProductWords words) {
        Map<DataType<?>, List<?>> types = new LinkedHashMap<>(values());
        types.putAll(words.values());
        List<Fact> facts = new ArrayList<>();
        types.forEach((type, values) -> facts.add(new Fact(
                "values of the type " + type.getTypeName() + " are written back, and null",
                server -> written(server, type, values))));
        facts.add(new Fact("a converter's values are written back", WriteFacts::converted));
        facts.add(new Fact("a thousand and one rows are written back, and no other row", WriteFacts::manyRows));
        return facts;
    }

    private static Map<DataType<?>, List<?>> values() {
        Map<DataType<?>, List<?>> values = new LinkedHashMap<>();
        values.put(SQLDataType.SMALLINT, List.of((short) -7, (short) 9));
        values.put(SQLDataType.INTEGER, List.of(Integer.MIN_VALUE, 9));
        values.put(SQLDataType.BIGINT, List.of(Long.MIN_VALUE, Long.MAX_VALUE));
        values.put(
                SQLDataType.DECIMAL_INTEGER.precision(30),
                List.of(new BigInteger("123456789012345678901234567890"), BigInteger.ONE));
        values.put(
                SQLDataType.NUMERIC(20, 4),
                List.of(new BigDecimal("-1234567890123456.7891"), new BigDecimal("0.1000")));
        values.put(SQLDataType.DOUBLE, List.of(0.1, -1e300));
        values.put(SQLDataType.BOOLEAN, List.of(true, false));
        values.put(SQLDataType.VARCHAR(99), List.of("", "Ÿ😀 'a\"b\\c{d,e}\n|null"));
        values.put(SQLDataType.CHAR(36), List.of("6f7f7f7f-0000-4000-8000-00000000000a", "x".repeat(36)));
        values.put(SQLDataType.CLOB, List.of("ß".repeat(70_000), "NULL"));
        values.put(SQLDataType.UUID, List.of(new UUID(5, 7), new UUID(-5, -7)));
        values.put(SQLDataType.LOCALDATE, List.of(LocalDate.of(1, 2, 3), LocalDate.of(9999, 12, 31)));
        values.put(SQLDataType.LOCALTIME, List.of(LocalTime.of(0, 0), LocalTime.of(23, 59, 59)));
        values.put(
                SQLDataType.LOCALDATETIME(6),
                List.of(LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000), LocalDateTime.of(1999, 1, 1, 0, 0)));
        values.put(SQLDataType.BINARY(2), List.of(new byte[] {0, -1}, new byte[] {'\\', '\''}));
        values.put(SQLDataType.BLOB, List.of(new byte[] {0, -1, '\\', 'x', '\''}, new byte[70_000]));
        values.put(SQLDataType.JSON, List.of(JSON.valueOf("[\"ü'{}\\\"\"]"), JSON.valueOf("[]")));
        return values;
    }

    private static void converted(Server server) throws Exception {
        String name = server.newName();
        Field<StringBuilder> value =
                DSL.field(DSL.name("v"), SQLDataType.VARCHAR(9).asConvertedDataType(CONVERTER));
        server.with(dsl -> {
            create(dsl, name, value, 2);
            List<@Nullable Object> values = Arrays.asList(new StringBuilder("it's"), null);
            assertEquals(2, write(server, dsl, name, value, values));
            List<String> read = dsl.select(value.coerce(String.class))
                    .from(DSL.table(DSL.name(name)))
                    .orderBy(ID)
                    .fetch(0, String.class);
            assertEquals(Arrays.asList("it's", null), read);
            return null;
        });
    }

    private static void written(Server server, DataType<?> type, List<?> values) throws Exception {
        String name = server.newName();
        Field<?> value = DSL.field(DSL.name("v"), type);
        server.with(dsl -> {
            create(dsl, name, value, 4);
            List<@Nullable Object> set = Arrays.asList(values.get(0), null, values.get(1), values.get(0));
            // MariaDB and MySQL count only changed values; setting null to null isn't a change.
            assertTrue(write(server, dsl, name, value, set) >= 3);
            assertArrayEquals(set.toArray(), read(dsl, name, value));
            List<@Nullable Object> other = Arrays.asList(null, values.get(1), values.get(0), null);
            assertEquals(4, write(server, dsl, name, value, other));
            assertArrayEquals(other.toArray(), read(dsl, name, value));
            return null;
        });
    }

    private static void create(DSLContext dsl, String name, Field<?> value, int rows) {
        Table<?> table = DSL.table(DSL.name(name));
        dsl.createTable(table).columns(ID, OTHER, value).primaryKey(ID).execute();
        for (long id = 1; id <= rows; id++) {
            dsl.insertInto(table, ID, OTHER).values(id, "other " + id).execute();
        }
    }

    private static @Nullable Object[] read(DSLContext dsl, String name, Field<?> value) {
        return dsl.select(value)
                .from(DSL.table(DSL.name(name)))
                .orderBy(ID)
                .fetch(value)
                .toArray();
    }

    /** Writes the values to the rows with ids from 1. */
    private static long write(Server server, DSLContext dsl, String name, Field<?> value, List<@Nullable Object> values)
            throws Exception {
        List<ChangedRow> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            rows.add(new ChangedRow(List.of(Integer.toString(i + 1)), Arrays.asList(values.get(i))));
        }
        String quoted = dsl.render(DSL.table(DSL.name(name)));
        TableShape shape = server.shape(dsl, quoted);
        TableShape.Column id = shape.columns().get("id");
        KeyColumn key = new KeyColumn(
                ID, "id", java.util.Objects.requireNonNull(server.product().keyText(id)));
        return server.product()
                .write(new ChangedRows(
                        dsl, DSL.table(DSL.name(name)), shape, List.of(key), ID.gt(0L), List.of(value), rows));
    }

    private static void manyRows(Server server) throws Exception {
        String name = server.newName();
        Field<String> value = DSL.field(DSL.name("v"), SQLDataType.VARCHAR(20));
        server.with(dsl -> {
            create(dsl, name, value, 1_003);
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 1; i <= 1_001; i++) {
                values.add("value " + i);
            }
            assertEquals(1_001, write(server, dsl, name, value, values));
            values.add(null);
            values.add(null);
            assertArrayEquals(values.toArray(), read(dsl, name, value));
            assertEquals(
                    "other 1001",
                    dsl.select(OTHER)
                            .from(DSL.table(DSL.name(name)))
                            .where(ID.eq(1_001L))
                            .fetchSingle()
                            .value1());
            return null;
        });
    }
}
