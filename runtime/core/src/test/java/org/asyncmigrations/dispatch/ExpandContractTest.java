package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.SQLDataType.BIGINT;
import static org.jooq.impl.SQLDataType.DECIMAL;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A column that is replaced on PostgreSQL while both releases write. */
class ExpandContractTest {
    static final Field<String> OLD = field("name", VARCHAR(20));
    static final Field<String> FIRST = field("first_name", VARCHAR(30));
    static final Field<String> LAST = field("last_name", VARCHAR(30));

    static final ExpandContract NAME = ExpandContract.of("people", "id")
            .replace(OLD, "concat_ws(' ', first_name, last_name)")
            .with(FIRST, "split_part(name, ' ', 1)")
            .with(LAST, "nullif(substr(name, length(split_part(name, ' ', 1)) + 2), '')");

    private static final ExpandContract RENAMED =
            ExpandContract.of("people", "id").rename(OLD, field("full_name", VARCHAR(40)));

    static void prepare(DSLContext dsl) {
        dsl.execute("drop table if exists people cascade");
        objects(dsl).forEach(name -> dsl.execute("drop function " + name));
        dsl.execute("create table people (id bigint primary key, name varchar(20), amount int)");
        for (int i = 1; i <= 5; i++) {
            dsl.execute("insert into people values (" + i + ", 'Ada Lovelace', 1)");
        }
    }

    static void expanded(DSLContext dsl, Fresh fresh) {
        prepare(dsl);
        SchemaSteps.done(NAME.expand(), fresh);
    }

    static List<String> columns(DSLContext dsl) {
        return dsl.fetch("select * from people where false")
                .fieldStream()
                .map(Field::getName)
                .toList();
    }

    static String row(DSLContext dsl, int id) {
        Record row = dsl.fetchSingle("select name, first_name, last_name from people where id = " + id);
        return row.get(0) + "|" + row.get(1) + "|" + row.get(2);
    }

    static List<String> objects(DSLContext dsl) {
        return dsl.fetch("select tgname from pg_trigger where tgname like 'zz%' union all"
                        + " select proname from pg_proc where proname like 'zz%' order by 1")
                .getValues(0, String.class);
    }

    private static int outOfStep(DSLContext dsl) {
        return dsl.fetchCount(dsl.selectFrom(DSL.table("people"))
                .where("concat_ws(' ', first_name, last_name) is distinct from name"));
    }

    @Test
    void threeStepsReplaceAColumn() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            SchemaSteps.done(NAME.expand(), fresh);
            assertThat(columns(dsl)).containsExactly("id", "name", "amount", "first_name", "last_name");
            assertThat(objects(dsl)).hasSize(3);
            assertThat(row(dsl, 1)).isEqualTo("Ada Lovelace|null|null");
            SchemaSteps.done(NAME.expand(), fresh);
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            assertThat(row(dsl, 5)).isEqualTo("Ada Lovelace|Ada|Lovelace");
            SchemaSteps.done(NAME.contract(), fresh);
            assertThat(columns(dsl)).containsExactly("id", "amount", "first_name", "last_name");
            assertThat(objects(dsl)).isEmpty();
            SchemaSteps.done(NAME.contract(), fresh);
        }
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                // Old code.
                Arguments.of("insert into people (id, name) values (9, 'Grace Hopper')", "Grace Hopper|Grace|Hopper"),
                Arguments.of("insert into people (id, name) values (9, null)", "null|null|null"),
                Arguments.of("insert into people values (9, 'Grace', 1)", "Grace|Grace|null"),
                Arguments.of(
                        "insert into people (id, name) values (1, 'Grace Hopper')"
                                + " on conflict (id) do update set name = excluded.name, id = 9",
                        "Grace Hopper|Grace|Hopper"),
                Arguments.of(
                        "update people set name = 'Grace Hopper', id = 9 where id = 1", "Grace Hopper|Grace|Hopper"),
                Arguments.of("update people set name = null, id = 9 where id = 1", "null|null|null"),
                Arguments.of("update people set amount = 2, id = 9 where id = 1", "Ada Lovelace|null|null"),
                Arguments.of(
                        "update people set name = 'ada lovelace', id = 9 where id = 1", "ada lovelace|ada|lovelace"),
                // New code.
                Arguments.of(
                        "insert into people (id, first_name, last_name) values (9, 'Grace', 'Hopper')",
                        "Grace Hopper|Grace|Hopper"),
                Arguments.of("insert into people (id, last_name) values (9, 'Hopper')", "Hopper|null|Hopper"),
                Arguments.of(
                        "insert into people (id, first_name) values (1, 'Grace')"
                                + " on conflict (id) do update set first_name = excluded.first_name, id = 9",
                        "Grace|Grace|null"),
                Arguments.of(
                        "update people set first_name = 'Grace', last_name = 'Hopper', id = 9 where id = 1",
                        "Grace Hopper|Grace|Hopper"),
                Arguments.of("update people set last_name = 'King', id = 9 where id = 1", "King|null|King"),
                // Both.
                Arguments.of("insert into people (id, name, first_name) values (9, 'old', 'new')", "new|new|null"),
                Arguments.of("update people set name = 'old', first_name = 'new', id = 9 where id = 1", "new|new|null"),
                // Not made of the new values, which are what it gives.
                Arguments.of("update people set name = 'a ', id = 9 where id = 1", "a |a|null"),
                Arguments.of("update people set name = 'a ', first_name = 'a', id = 9 where id = 1", "a |a|null"),
                Arguments.of("insert into people (id, name, first_name) values (9, 'a ', 'a')", "a |a|null"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void eachWriteKeepsBothSidesInStep(String sql, String row) {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            expanded(fresh.dsl(), fresh);
            fresh.dsl().execute(sql);
            assertThat(row(fresh.dsl(), 9)).isEqualTo(row);
        }
    }

    @Test
    void theBackfillChangesNeitherAnOldValueNorWhatNewCodeWrote() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("update people set name = 'Ada ' where id = 2");
            SchemaSteps.done(NAME.expand(), fresh);
            dsl.execute("update people set first_name = 'Grace' where id = 3");
            dsl.execute("update people set name = null where id = 4");
            assertThat(SchemaSteps.refused(SchemaSteps.filling(NAME), fresh)).contains("violation");
            assertThat(row(dsl, 1)).isEqualTo("Ada Lovelace|Ada|Lovelace");
            assertThat(row(dsl, 2)).isEqualTo("Ada |Ada|null");
            assertThat(row(dsl, 3)).isEqualTo("Grace|Grace|null");
            assertThat(row(dsl, 4)).isEqualTo("null|null|null");
            assertThat(dsl.fetch(NAME.violations()).getValues(0, Long.class)).containsExactly(2L);
        }
    }

    @Test
    void newCodeThatSetsAllToNullIsNotOverwrittenByTheBackfill() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("alter table people alter name set not null");
            SchemaSteps.done(NAME.expand(), fresh);
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            dsl.execute("update people set first_name = null, last_name = null where id = 1");
            dsl.execute("insert into people (id) values (9)");
            assertThat(row(dsl, 1)).isEqualTo("|null|null");
            assertThat(row(dsl, 9)).isEqualTo("|null|null");
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            assertThat(row(dsl, 1)).isEqualTo("|null|null");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update people set first_name = 'Gracegracegracegracegrace' where id = 1",
                "insert into people (id, first_name) values (9, 'Gracegracegracegracegrace')"
            })
    void aNewValueThatTheOldTypeCannotHoldIsRefusedInWords(String sql) {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            expanded(fresh.dsl(), fresh);
            assertThatThrownBy(() -> fresh.dsl().execute(sql))
                    .hasMessageContaining(
                            "first_name, last_name of table people cannot be kept in column name, which older"
                                    + " releases read until the contract step: value too long for type character varying(20)")
                    .satisfies(refused -> assertThat(((DataAccessException) refused).sqlState())
                            .isEqualTo("23514"));
            fresh.dsl().execute("update people set first_name = 'Grace' where id = 1");
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            SchemaSteps.done(NAME.contract(), fresh);
            fresh.dsl().execute(sql);
        }
    }

    @Test
    void aNewNullIsRefusedInWordsIfTheOldColumnTakesNone() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            prepare(fresh.dsl());
            fresh.dsl().execute("alter table people alter name set not null");
            SchemaSteps.done(RENAMED.expand(), fresh);
            SchemaSteps.done(SchemaSteps.filling(RENAMED), fresh);
            for (String sql :
                    List.of("update people set full_name = null where id = 1", "insert into people (id) values (9)")) {
                assertThatThrownBy(() -> fresh.dsl().execute(sql))
                        .hasMessageContaining(
                                "full_name of table people cannot be kept in column name, which older releases"
                                        + " read until the contract step: it takes no NULL");
            }
        }
    }

    @Test
    void aTypeIsChangedAndCastBothWays() {
        ExpandContract wider =
                ExpandContract.of("people", "id").changeType(field("amount", INTEGER), field("amount_big", BIGINT));
        ExpandContract text = ExpandContract.of("people", "id").changeType(OLD, field("number", INTEGER));
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("update people set name = id::text");
            for (ExpandContract one : List.of(wider, text)) {
                SchemaSteps.done(one.expand(), fresh);
                SchemaSteps.done(SchemaSteps.filling(one), fresh);
            }
            dsl.execute("insert into people (id, amount_big, number) values (9, 7, 8)");
            assertThat(dsl.fetchSingle("select amount, name from people where id = 9")
                            .intoList())
                    .containsExactly(7, "8");
            assertThatThrownBy(() -> dsl.execute("update people set amount_big = 3000000000 where id = 1"))
                    .hasMessageContaining("until the contract step: integer out of range");
            assertThatThrownBy(() -> dsl.execute("update people set name = 'two' where id = 1"))
                    .hasMessageContaining("column name of table people has a value that cannot be kept in number");
            for (ExpandContract one : List.of(wider, text)) {
                SchemaSteps.done(one.contract(), fresh);
            }
            assertThat(dsl.fetchSingle("select * from people where id = 2").intoList())
                    .containsExactly(2L, 1L, 2);
        }
    }

    /** Neither of these types has an operator for "equal" that sees each byte. */
    @Test
    void valuesAreComparedByteByByte() {
        ExpandContract document = ExpandContract.of("people", "id")
                .changeType(field("document", org.jooq.impl.SQLDataType.JSON), field("text", VARCHAR));
        ExpandContract price = ExpandContract.of("people", "id").rename(field("price", DECIMAL), field("net", DECIMAL));
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("alter table people add document json, add price numeric");
            dsl.execute("update people set document = '{\"a\":  1}', price = 1.0");
            for (ExpandContract one : List.of(document, price)) {
                SchemaSteps.done(one.expand(), fresh);
                SchemaSteps.done(SchemaSteps.filling(one), fresh);
            }
            dsl.execute("update people set document = '{\"a\": 1}', price = 1.00 where id = 1");
            assertThat(dsl.fetchValue("select text || net from people where id = 1"))
                    .isEqualTo("{\"a\": 1}1.00");
            assertThat(dsl.fetchValue("select text || net from people where id = 2"))
                    .isEqualTo("{\"a\":  1}1.0");
            SchemaSteps.done(document.contract(), fresh);
            SchemaSteps.done(price.contract(), fresh);
        }
    }

    @Test
    void theStepsGoOnBehindEachOfTheirStatements() throws Exception {
        int expand = SchemaSteps.cutBehindEachStatement(
                TestDatabase.POSTGRES, NAME.expand(), fresh -> prepare(fresh.dsl()), dsl -> {
                    assertThat(objects(dsl)).hasSize(3);
                    assertThat(columns(dsl)).contains("name", "first_name", "last_name");
                });
        assertThat(expand).isGreaterThanOrEqualTo(12);
        int contract = SchemaSteps.cutBehindEachStatement(
                TestDatabase.POSTGRES, NAME.contract(), ExpandContractTest::filled, dsl -> {
                    assertThat(objects(dsl)).isEmpty();
                    assertThat(columns(dsl)).containsExactly("id", "amount", "first_name", "last_name");
                });
        assertThat(contract).isGreaterThanOrEqualTo(6);
        int undo = SchemaSteps.cutBehindEachStatement(
                TestDatabase.POSTGRES, NAME.undo(), ExpandContractTest::filled, dsl -> {
                    assertThat(objects(dsl)).isEmpty();
                    assertThat(columns(dsl)).containsExactly("id", "name", "amount");
                });
        assertThat(undo).isGreaterThanOrEqualTo(4);
    }

    private static void filled(Fresh fresh) {
        expanded(fresh.dsl(), fresh);
        fresh.dsl().execute("update people set first_name = 'Ada', last_name = 'Lovelace'");
    }

    /** Both write for as long as the back-fill runs. */
    @Test
    void nothingGetsOutOfStepWhileBothReleasesWriteAndTheBackfillRuns() throws Exception {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("insert into people select i, 'Ada L' || i, 0 from generate_series(10, 4000) i");
            List<Callable<Void>> both = new ArrayList<>();
            for (boolean isOld : List.of(true, false)) {
                both.add(() -> {
                    write(fresh, isOld);
                    return null;
                });
            }
            both.add(() -> {
                try {
                    SchemaSteps.done(NAME.expand(), fresh);
                    SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
                } finally {
                    dsl.execute("insert into people values (0, 'The End', 0)");
                }
                return null;
            });
            OwnThreads.runAll(both);
            assertThat(outOfStep(dsl)).isZero();
            assertThat(dsl.fetchCount(DSL.table("people"), DSL.condition("amount > 0 and name like 'Old %'")))
                    .isPositive();
            assertThat(dsl.fetchCount(DSL.table("people"), DSL.condition("amount > 0 and first_name = 'New'")))
                    .isPositive();
            SchemaSteps.done(NAME.contract(), fresh);
        }
    }

    private static void write(Fresh fresh, boolean isOld) throws SQLException {
        try (Connection connection = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
            DSLContext dsl = DSL.using(connection, TestDatabase.POSTGRES.dialect());
            boolean knowsNew = isOld;
            for (int i = 0; !dsl.fetchExists(DSL.selectOne().from("people").where("id = 0")); i++) {
                knowsNew = knowsNew
                        || columns(dsl).contains("last_name") && objects(dsl).size() == 3;
                int id = 1 + i * 7 % 4000;
                if (isOld) {
                    dsl.execute("update people set name = 'Old " + i + "', amount = amount + 1 where id = " + id);
                } else if (knowsNew) {
                    dsl.execute("update people set first_name = 'New', last_name = '" + i
                            + "', amount = amount + 1 where id = " + id);
                }
            }
        }
    }

    @Test
    void aTriggerThatFiresEarlierIsSeen() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("create function f() returns trigger language plpgsql as"
                    + " 'begin new.name := upper(new.name); return new; end'");
            dsl.execute("create trigger upper before insert or update on people for each row execute function f()");
            SchemaSteps.done(NAME.expand(), fresh);
            dsl.execute("insert into people (id, name) values (9, 'Grace Hopper')");
            assertThat(row(dsl, 9)).isEqualTo("GRACE HOPPER|GRACE|HOPPER");
        }
    }

    @Test
    void aPartitionedTableIsKeptInStepInEachPartition() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table people (id bigint primary key, name varchar(20)) partition by range (id)");
            dsl.execute("create table people_1 partition of people for values from (1) to (100)");
            dsl.execute("create table people_2 partition of people for values from (100) to (200)");
            SchemaSteps.done(NAME.expand(), fresh);
            dsl.execute("insert into people values (9, 'Ada Lovelace'), (109, 'Grace Hopper')");
            dsl.execute("update people set last_name = 'King' where id = 9");
            dsl.execute("update people_2 set name = 'G H', id = 110 where id = 109");
            assertThat(row(dsl, 9)).isEqualTo("Ada King|Ada|King");
            assertThat(row(dsl, 110)).isEqualTo("G H|G|H");
            SchemaSteps.done(NAME.contract(), fresh);
            assertThat(objects(dsl)).isEmpty();
        }
    }

    @Test
    void namesInQuotesAndInAnotherSchemaAreKept() {
        ExpandContract odd = ExpandContract.of(
                        BatchKey.of(DSL.table(DSL.name("My Schema", "Some\"Table")), field(DSL.name("Id"), BIGINT)))
                .rename(field(DSL.name("Old's Name"), VARCHAR(20)), field(DSL.name("new"), VARCHAR(20)));
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create schema \"My Schema\"");
            dsl.execute(
                    "create table \"My Schema\".\"Some\"\"Table\" (\"Id\" bigint primary key, \"Old's Name\" varchar(20))");
            dsl.execute("insert into \"My Schema\".\"Some\"\"Table\" values (1, 'a')");
            SchemaSteps.done(odd.expand(), fresh);
            SchemaSteps.done(SchemaSteps.filling(odd), fresh);
            dsl.execute("insert into \"My Schema\".\"Some\"\"Table\" (\"Id\", new) values (2, 'b')");
            assertThat(dsl.fetch("select \"Old's Name\" || new from \"My Schema\".\"Some\"\"Table\" order by 1")
                            .getValues(0, String.class))
                    .containsExactly("aa", "bb");
            SchemaSteps.done(odd.contract(), fresh);
        }
    }
}
