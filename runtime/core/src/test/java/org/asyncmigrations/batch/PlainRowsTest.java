package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.RowChange;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code batch.update} over tables that are named without their columns. */
class PlainRowsTest {
    private static final Field<Integer> TOUCHED = field("touched", Integer.class);

    @ParameterizedTest
    @EnumSource
    void columnsAreFoundAsTheDatabaseSpellsThemAndInLowerCase(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            String quote = database == TestDatabase.MARIADB ? "`" : "\"";
            dsl.execute("create table users (id bigint primary key, email varchar(99), email_lower varchar(99), "
                    + quote + "createdAt" + quote + " int)");
            dsl.execute("insert into users values (1, 'Ada@X', null, 7), (2, 'BO@x', 'bo@x', 7)");
            String spelled = database == TestDatabase.H2 ? "EMAIL" : "email";
            long changed = update(dsl, "users", "id", user -> {
                assertThat(user.get("email", String.class))
                        .isEqualTo(user.get(spelled))
                        .isNotNull();
                assertThat(user.get("createdAt", Integer.class)).isEqualTo(7);
                assertThat(user.get("createdat", Integer.class)).isEqualTo(7);
                user.set(
                        field("email_lower", String.class),
                        user.get(field("email", String.class)).toLowerCase(Locale.ROOT));
            });
            assertThat(changed).isEqualTo(1);
            assertThat(dsl.fetchValues("select email_lower from users order by id"))
                    .isEqualTo(List.of("ada@x", "bo@x"));
        }
    }

    /** If two columns differ only in case, each is found only by its own name. */
    @Test
    void namesThatDifferInCaseAloneAreToldApart() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl().execute("create table t (id int primary key, \"Name\" text, name text)");
            fresh.dsl().execute("insert into t values (1, 'A', 'b')");
            update(fresh.dsl(), "t", "id", row -> {
                assertThat(row.get("name")).isEqualTo("b");
                row.set(field(name("Name"), String.class), row.get("Name") + "!");
            });
            assertThat(fresh.dsl().fetchSingle("select \"Name\", name from t").intoList())
                    .isEqualTo(List.of("A!", "b"));
        }
    }

    @Test
    void aColumnThatIsSetByBothOfItsNamesIsRefused() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            fresh.dsl().execute("create table t (id int primary key, note varchar(9))");
            fresh.dsl().execute("insert into t values (1, 'A')");
            assertThatThrownBy(() -> update(fresh.dsl(), "t", "id", row -> {
                        row.set(field("note", String.class), "b");
                        row.set(field("NOTE", String.class), "c");
                    }))
                    .hasMessageContaining("use only one of them");
        }
    }

    @Test
    void theKeyOfAPlainTableIsNotChanged() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            fresh.dsl().execute("create table t (id int primary key)");
            fresh.dsl().execute("insert into t values (1)");
            assertThatThrownBy(() -> update(fresh.dsl(), "t", "id", row -> row.set(field("id", Integer.class), 2)))
                    .hasMessageContaining("must not change the key column ID");
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsOfAnyTypeDoNoHarmAndAreWrittenRight(TestDatabase database) throws Exception {
        for (Map.Entry<String, String> sample : samples(database).entrySet()) {
            try (Fresh fresh = database.fresh()) {
                DSLContext dsl = fresh.dsl();
                types(dsl, database);
                dsl.execute("create table things (id bigint primary key, touched int, v " + sample.getKey() + ")");
                String values = sample.getValue();
                dsl.execute("insert into things values (1, 0, " + values + "), (2, 0, null), (3, 0, " + values + ")");
                Object[] seen = new Object[1];
                long changed = update(dsl, "things", "id", thing -> {
                    seen[0] = seen[0] == null ? thing.get("v") : seen[0];
                    thing.set(TOUCHED, 1);
                });
                assertThat(changed).as(sample.toString()).isEqualTo(3);
                @SuppressWarnings("unchecked")
                Field<Object> v = (Field<Object>) (Field<?>) field("v");
                assertThat(update(dsl, "things", "id", thing -> {
                            if (thing.get("v") == null) {
                                thing.set(v, seen[0]);
                            }
                        }))
                        .as(sample.toString())
                        .isEqualTo(1);
                assertThat(dsl.fetchValues("select " + text(database) + " from things").stream()
                                .distinct())
                        .as(sample.toString())
                        .hasSize(1)
                        .doesNotContainNull();
            }
        }
    }

    /** A text becomes an enum, a JSON or an array. A value of the column's Java type is accepted too. */
    @Test
    void textIsWrittenIntoPostgresOwnTypes() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            types(dsl, TestDatabase.POSTGRES);
            dsl.execute(
                    "create table things (id uuid primary key, m mood, j jsonb, k json, c money, a int[], at timestamptz,"
                            + " u uuid, n int)");
            dsl.execute("insert into things (id, c) values (gen_random_uuid(), 1234.5)");
            update(dsl, "things", "id", thing -> {
                thing.set(field("m", String.class), "happy");
                thing.set(field("j", String.class), "{\"a\": \"o'x\"}");
                thing.set(field("k", JSONB.class), JSONB.valueOf("[1]"));
                thing.set(field("c", String.class), thing.get("c") + "0");
                thing.set(field("a", Integer[].class), new Integer[] {1, null});
                thing.set(field("at", OffsetDateTime.class), OffsetDateTime.parse("2026-10-25T02:30:00.123456+02:00"));
                thing.set(field("u", String.class), new UUID(5, 7).toString());
                thing.set(field("n", String.class), "42");
            });
            assertThat(dsl.fetchSingle(
                                    "select m::text, j::text, k::text, c::numeric::text, a::text,"
                                            + " to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), u::text, n::text from things")
                            .intoList())
                    .isEqualTo(List.of(
                            "happy",
                            "{\"a\": \"o'x\"}",
                            "[1]",
                            "1234.50",
                            "{1,NULL}",
                            "2026-10-25 00:30:00.123456",
                            new UUID(5, 7).toString(),
                            "42"));
            RowChange<Record> unfit = thing -> thing.set(field("n", String.class), "many");
            assertThatThrownBy(() -> update(dsl, "things", "id", unfit))
                    .hasMessage("the column \"n\" cannot be set to many, which is not a value of type Integer");
        }
    }

    private static long update(DSLContext dsl, String table, String key, RowChange<Record> change) throws Exception {
        Table<Record> plain = table(table);
        KeySpace space = KeySpace.of(BatchKey.of(table, key), noCondition(), TestProducts.of(dsl), dsl);
        return new KeyedRowBatch(dsl, dsl, space, space.range(null, null)).update(plain, change);
    }

    private static String text(TestDatabase database) {
        return switch (database) {
            case POSTGRES -> "cast(v as text)";
            case MARIADB -> "hex(v)";
            case H2 -> "rawtohex(cast(v as varchar))";
        };
    }

    private static void types(DSLContext dsl, TestDatabase database) {
        if (database == TestDatabase.POSTGRES) {
            dsl.execute("create extension if not exists citext");
            dsl.execute("create type mood as enum ('sad', 'happy')");
            dsl.execute("create type pair as (a int, b text)");
            dsl.execute("create domain positive as int check (value > 0)");
        }
    }

    private static Map<String, String> samples(TestDatabase database) {
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("numeric(20, 3)", "1.5");
        samples.put("date", "'2026-03-29'");
        samples.put(database == TestDatabase.MARIADB ? "datetime(6)" : "timestamp(6)", "'2026-03-29 10:30:00.123456'");
        switch (database) {
            case POSTGRES ->
                samples.putAll(Map.ofEntries(
                        Map.entry("mood", "'sad'"),
                        Map.entry("mood[]", "'{sad,happy}'"),
                        Map.entry("money", "'$1,234.50'"),
                        Map.entry("json", "'{\"a\":  1}'"),
                        Map.entry("jsonb", "'{\"a\": 1}'"),
                        Map.entry("uuid", "'6f7f7f7f-0000-4000-8000-00000000000a'"),
                        Map.entry("int[]", "'{1,2}'"),
                        Map.entry("text[]", "'{a,\"b,c\"}'"),
                        Map.entry("timestamptz", "'2026-10-25 02:30:00.123456+02'"),
                        Map.entry("citext", "'A'"),
                        Map.entry("inet", "'10.0.0.1'"),
                        Map.entry("interval", "'1 mon 2 days'"),
                        Map.entry("xml", "'<a/>'"),
                        Map.entry("bit varying", "'101'"),
                        Map.entry("point", "'(1,2)'"),
                        Map.entry("tsvector", "'a b'"),
                        Map.entry("int4range", "'[1,2)'"),
                        Map.entry("pair", "'(1,\"a,b\")'"),
                        Map.entry("positive", "5"),
                        Map.entry("bytea", "'\\x00ff'")));
            case MARIADB ->
                samples.putAll(Map.of(
                        "enum('a','b')", "'b'",
                        "set('a','b')", "'a,b'",
                        "bigint unsigned", "18446744073709551615",
                        "point", "point(1, 2)",
                        "varbinary(9)", "x'00ff'",
                        "year", "2026"));
            case H2 ->
                samples.putAll(Map.of(
                        "enum('a','b')", "'b'",
                        "json", "json '{\"a\": 1}'",
                        "int array", "array[1, 2]",
                        "timestamp with time zone", "timestamp with time zone '2026-10-25 02:30:00+02'",
                        "interval year", "interval '5' year",
                        "geometry", "'POINT (1 2)'",
                        "uuid", "'6f7f7f7f-0000-4000-8000-00000000000a'"));
        }
        return samples;
    }
}
