package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.SQLDataType.BIGINT;
import static org.jooq.impl.SQLDataType.CLOB;
import static org.jooq.impl.SQLDataType.DECIMAL;
import static org.jooq.impl.SQLDataType.DOUBLE;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.LOCALDATETIME;
import static org.jooq.impl.SQLDataType.VARBINARY;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.Mode;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A column that is replaced on MariaDB while both releases write. */
class InnoDbExpandContractTest {
    static final TestDatabase KIND = TestDatabase.MARIADB;
    static final Field<String> OLD = field("name", VARCHAR(20));
    static final Field<String> FIRST = field("first_name", VARCHAR(30));
    private static final Field<String> LAST = field("last_name", VARCHAR(30));

    static final ExpandContract NAME = ExpandContract.of("people", "id")
            .replace(OLD, "concat_ws(' ', first_name, last_name)")
            .with(FIRST, "substring_index(name, ' ', 1)")
            .with(LAST, "nullif(substr(name, length(substring_index(name, ' ', 1)) + 2), '')");

    private static final ExpandContract RENAMED =
            ExpandContract.of("people", "id").rename(OLD, field("full_name", VARCHAR(40)));

    static void prepare(DSLContext dsl) {
        dsl.execute("drop table if exists people");
        dsl.execute(
                "create table people (id bigint primary key, name varchar(20), amount int) default charset utf8mb4");
        for (int i = 1; i <= 5; i++) {
            dsl.execute("insert into people values (" + i + ", 'Ada Lovelace', 1)");
        }
    }

    private static void required(DSLContext dsl) {
        prepare(dsl);
        dsl.execute("alter table people modify name varchar(20) not null comment 'isn''t NULL'");
    }

    private static void expanded(Fresh fresh) {
        prepare(fresh.dsl());
        SchemaSteps.done(NAME.expand(), fresh);
    }

    static List<String> columns(DSLContext dsl) {
        return dsl.fetch("select * from people where false")
                .fieldStream()
                .map(Field::getName)
                .toList();
    }

    private static String row(DSLContext dsl, int id) {
        Record row = dsl.fetchSingle("select name, first_name, last_name from people where id = " + id);
        return row.get(0) + "|" + row.get(1) + "|" + row.get(2);
    }

    static List<String> triggers(DSLContext dsl) {
        return dsl.fetch("select trigger_name from information_schema.triggers where trigger_schema = database()"
                        + " and trigger_name like 'async%'")
                .getValues(0, String.class);
    }

    private static int outOfStep(DSLContext dsl) {
        return dsl.fetchCount(dsl.selectFrom(DSL.table("people"))
                .where("not (hex(concat_ws(' ', first_name, last_name)) <=> hex(name))"));
    }

    @Test
    void threeStepsReplaceAColumn() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            SchemaSteps.done(NAME.expand(), fresh);
            assertThat(columns(dsl)).containsExactly("id", "name", "amount", "first_name", "last_name");
            assertThat(triggers(dsl)).hasSize(2);
            assertThat(row(dsl, 1)).isEqualTo("Ada Lovelace|null|null");
            SchemaSteps.done(NAME.expand(), fresh);
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            assertThat(row(dsl, 5)).isEqualTo("Ada Lovelace|Ada|Lovelace");
            SchemaSteps.done(NAME.contract(), fresh);
            assertThat(columns(dsl)).containsExactly("id", "amount", "first_name", "last_name");
            assertThat(triggers(dsl)).isEmpty();
            SchemaSteps.done(NAME.contract(), fresh);
            assertThat(SchemaSteps.refused(NAME.undo(), fresh)).contains("so undo() cannot restore it");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                // Old code.
                "insert into people (id, name) values (9, 'Grace Hopper'); Grace Hopper|Grace|Hopper",
                "insert into people (id, name) values (9, null); null|null|null",
                "insert into people values (9, 'Grace', 1, null, null); Grace|Grace|null",
                "insert into people (id, name) select 9, 'Grace Hopper'; Grace Hopper|Grace|Hopper",
                "insert into people (id, name) values (1, 'Grace Hopper') on duplicate key update name = values(name), id = 9;"
                        + " Grace Hopper|Grace|Hopper",
                "replace into people (id, name) values (9, 'Grace Hopper'); Grace Hopper|Grace|Hopper",
                "update people set name = 'Grace Hopper', id = 9 where id = 1; Grace Hopper|Grace|Hopper",
                "update people p join people q on p.id = 1 and q.id = 2 set p.name = 'Grace Hopper', p.id = 9;"
                        + " Grace Hopper|Grace|Hopper",
                "update people set name = null, id = 9 where id = 1; null|null|null",
                "update people set amount = 2, id = 9 where id = 1; Ada Lovelace|null|null",
                // Equal by the collation.
                "update people set name = 'ada lovelace', id = 9 where id = 1; ada lovelace|ada|lovelace",
                "update people set name = 'Ada Lovelace ', id = 9 where id = 1; 'Ada Lovelace |Ada|Lovelace '",
                // New code.
                "insert into people (id, first_name, last_name) values (9, 'Grace', 'Hopper'); Grace Hopper|Grace|Hopper",
                "insert into people (id, last_name) values (9, 'Hopper'); Hopper|null|Hopper",
                "insert into people (id, first_name) values (1, 'Grace') on duplicate key"
                        + " update first_name = values(first_name), id = 9; Grace|Grace|null",
                "insert into people (id, first_name) values (8, 'x'), (9, 'Grace'); Grace|Grace|null",
                "update people set first_name = 'Grace', last_name = 'Hopper', id = 9 where id = 1; Grace Hopper|Grace|Hopper",
                "update people set last_name = 'King', id = 9 where id = 1; King|null|King",
                // Both.
                "insert into people (id, name, first_name) values (9, 'old', 'new'); new|new|null",
                "update people set name = 'old', first_name = 'new', id = 9 where id = 1; new|new|null",
                "update people set name = 'a  b', first_name = 'a', last_name = ' b', id = 9 where id = 1; a  b|a| b",
                // What the back-fill writes leaves the old value, even one that is not made of the new ones.
                "insert into people (id, name, first_name) values (9, 'a ', 'a'); a |a|null",
                "update people set name = 'a ', id = 9 where id = 1; a |a|null",
            })
    void eachWriteKeepsBothSidesInStep(String sql, String row) {
        try (var fresh = KIND.fresh()) {
            expanded(fresh);
            fresh.dsl().execute(sql);
            assertThat(row(fresh.dsl(), 9)).isEqualTo(row);
        }
    }

    @Test
    void theBackfillChangesNeitherAnOldValueNorWhatNewCodeWrote() {
        try (var fresh = KIND.fresh()) {
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
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            required(dsl);
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
                "insert into people (id, first_name) values (9, 'Gracegracegracegracegrace')",
                "insert ignore into people (id, first_name) values (9, 'Gracegracegracegracegrace')"
            })
    void aNewValueThatTheOldTypeCannotHoldIsRefusedInWords(String sql) {
        try (var fresh = KIND.fresh()) {
            expanded(fresh);
            for (String mode : List.of("@@global.sql_mode", "''")) {
                assertThatThrownBy(() -> fresh.dsl().connection(connection -> {
                            DSL.using(connection, KIND.dialect()).execute("set session sql_mode = " + mode);
                            DSL.using(connection, KIND.dialect()).execute(sql);
                        }))
                        .hasMessageContaining(
                                "first_name, last_name of table people cannot be kept in column name, which older"
                                        + " releases read until the contract step: Data too long for column 'name'")
                        .satisfies(refused -> assertThat(((DataAccessException) refused).sqlState())
                                .isEqualTo("23000"));
            }
            fresh.dsl().execute("update people set first_name = 'Grace' where id = 1");
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            SchemaSteps.done(NAME.contract(), fresh);
            fresh.dsl().execute(sql);
        }
    }

    /** A fixed length cuts off blanks at the end, without an error. */
    @Test
    void aNewValueOfWhichTheOldTypeLosesAPartIsRefused() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("alter table people modify name char(20)");
            SchemaSteps.done(RENAMED.expand(), fresh);
            assertThatThrownBy(() -> dsl.execute("insert into people (id, full_name) values (9, 'Ada ')"))
                    .hasMessageContaining("until the contract step: it would lose a part of the value");
            dsl.execute("insert into people (id, full_name) values (9, ' Ada')");
        }
    }

    @Test
    void aNewNullIsRefusedInWordsIfTheOldColumnTakesNone() {
        try (var fresh = KIND.fresh()) {
            required(fresh.dsl());
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
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("update people set name = id");
            for (ExpandContract one : List.of(wider, text)) {
                SchemaSteps.done(one.expand(), fresh);
                SchemaSteps.done(SchemaSteps.filling(one), fresh);
            }
            dsl.execute("insert into people (id, amount_big, number) values (9, 7, 8)");
            assertThat(dsl.fetchSingle("select amount, name from people where id = 9")
                            .intoList())
                    .containsExactly(7, "8");
            assertThatThrownBy(() -> dsl.execute("update people set amount_big = 3000000000 where id = 1"))
                    .hasMessageContaining("until the contract step: Out of range value");
            assertThatThrownBy(() -> dsl.execute("update people set name = 'two' where id = 1"))
                    .hasMessageContaining("column name of table people has a value that cannot be kept in number");
            for (ExpandContract one : List.of(wider, text)) {
                SchemaSteps.done(one.contract(), fresh);
            }
            assertThat(dsl.fetchSingle("select * from people where id = 2").intoList())
                    .containsExactly(2L, 1L, 2);
        }
    }

    /** Each type has its own way to be compared. */
    @Test
    void columnsOfOtherTypesAreRenamed() {
        List<ExpandContract> all = List.of(
                renamed(field("price", DECIMAL(10, 2)), field("net", DECIMAL(10, 2))),
                renamed(field("born", LOCALDATETIME(6)), field("since", LOCALDATETIME(6))),
                renamed(field("token", VARBINARY(20)), field("secret", VARBINARY(20))),
                renamed(field("ratio", DOUBLE), field("share", DOUBLE)),
                renamed(field("note", CLOB), field("text", CLOB)),
                renamed(field("latin", VARCHAR(20)), field("wide", VARCHAR(20))));
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("alter table people add price decimal(10,2), add born datetime(6), add token varbinary(20),"
                    + " add ratio double, add note text, add latin varchar(20) character set latin1");
            dsl.execute("update people set price = 1.5, born = '2020-02-29 12:34:56.123456', token = x'00ff00',"
                    + " ratio = 0.1, note = 'a\\'b', latin = 'é'");
            all.forEach(one -> SchemaSteps.done(one.expand(), fresh));
            all.forEach(one -> SchemaSteps.done(SchemaSteps.filling(one), fresh));
            dsl.execute("update people set price = 2.25, ratio = 1e-300, latin = 'È' where id = 1");
            dsl.execute("update people set net = 3, since = null, secret = x'ff', text = '', wide = 'ü' where id = 2");
            assertThat(dsl.fetchSingle("select net, share, wide from people where id = 1")
                            .intoList())
                    .containsExactly(new BigDecimal("2.25"), 1e-300, "È");
            assertThat(dsl.fetchValue("select concat_ws('|', price, ifnull(born, '-'), hex(token), note, latin)"
                            + " from people where id = 2"))
                    .isEqualTo("3.00|-|FF||ü");
            assertThatThrownBy(() -> dsl.execute("update people set wide = '€ 漢' where id = 3"))
                    .hasMessageContaining("until the contract step: ");
            all.forEach(one -> SchemaSteps.done(one.contract(), fresh));
            assertThat(columns(dsl))
                    .containsExactly("id", "name", "amount", "net", "since", "secret", "share", "text", "wide");
            assertThat(
                            dsl.fetchValue(
                                    "select concat_ws('|', net, since, hex(secret), share, text, wide) from people where id = 3"))
                    .isEqualTo("1.50|2020-02-29 12:34:56.123456|00FF00|0.1|a'b|é");
        }
    }

    private static ExpandContract renamed(Field<?> old, Field<?> other) {
        return ExpandContract.of("people", "id").rename(old, other);
    }

    @Test
    void theStepsGoOnBehindEachOfTheirStatements() throws Exception {
        int expand = SchemaSteps.cutBehindEachStatement(KIND, NAME.expand(), fresh -> prepare(fresh.dsl()), dsl -> {
            assertThat(triggers(dsl)).hasSize(2);
            assertThat(columns(dsl)).contains("name", "first_name", "last_name");
        });
        assertThat(expand).isGreaterThanOrEqualTo(8);
        int contract =
                SchemaSteps.cutBehindEachStatement(KIND, NAME.contract(), InnoDbExpandContractTest::filled, dsl -> {
                    assertThat(triggers(dsl)).isEmpty();
                    assertThat(columns(dsl)).containsExactly("id", "amount", "first_name", "last_name");
                });
        assertThat(contract).isGreaterThanOrEqualTo(10);
        int undo = SchemaSteps.cutBehindEachStatement(KIND, NAME.undo(), InnoDbExpandContractTest::filled, dsl -> {
            assertThat(triggers(dsl)).isEmpty();
            assertThat(columns(dsl)).containsExactly("id", "name", "amount");
        });
        assertThat(undo).isGreaterThanOrEqualTo(6);
    }

    private static void filled(Fresh fresh) {
        required(fresh.dsl());
        SchemaSteps.done(NAME.expand(), fresh);
        SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
    }

    /** New code writes before and behind each statement, without the old column, which takes no NULL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table people comment 'nothing special'",
                "alter table people add unique (name)",
                "alter table people modify name varchar(20) not null check (name like 'Ada%')",
                "alter table people modify name text not null",
                "alter table people modify name varchar(20) not null default 'x COMMENT ''y' comment 'a ''b'",
                "alter table people modify name varchar(20) null",
                "alter table people row_format = redundant"
            })
    void newCodeWritesThroughoutContract(String special) {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            required(dsl);
            dsl.execute("update people set name = concat('Ada ', id)");
            dsl.execute(special);
            SchemaSteps.done(NAME.expand(), fresh);
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            int writes = BetweenStatements.run(
                    fresh,
                    (application, number) -> {
                        application.execute("insert into people (id, first_name, last_name) values (100 + " + number
                                + ", 'Ada', 'New " + number + "')");
                        application.execute("update people set last_name = 'Newer " + number + "' where id = 1");
                    },
                    writing -> SchemaSteps.done(NAME.contract(), writing));
            assertThat(writes).isGreaterThanOrEqualTo(8);
            assertThat(columns(dsl)).doesNotContain("name");
            assertThat(dsl.fetchCount(DSL.table("people"))).isEqualTo(5 + writes);
        }
    }

    /** What old code writes before the triggers are there is what the back-fill finds. */
    @Test
    void oldCodeWritesThroughoutExpandAndUndo() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            AtomicInteger rows = new AtomicInteger(100);
            BetweenStatements.Application old = (application, number) -> {
                application.execute(
                        "insert into people (id, name) values (" + rows.incrementAndGet() + ", 'Old " + number + "')");
                application.execute(
                        "update people set name = 'Older " + number + "' where id = 1 + mod(" + number + ", 5)");
                application.execute("update people set name = 'Oldest " + number + "' where id > 100");
            };
            assertThat(BetweenStatements.run(fresh, old, writing -> SchemaSteps.done(NAME.expand(), writing)))
                    .isGreaterThanOrEqualTo(8);
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            assertThat(outOfStep(dsl)).isZero();
            assertThat(BetweenStatements.run(fresh, old, writing -> SchemaSteps.done(NAME.undo(), writing)))
                    .isGreaterThanOrEqualTo(6);
            assertThat(columns(dsl)).containsExactly("id", "name", "amount");
            assertThat(triggers(dsl)).isEmpty();
            SchemaSteps.done(NAME.undo(), fresh);
        }
    }

    /** Both write for as long as the back-fill runs, and new code for as long as the last step does. */
    @Test
    void nothingGetsOutOfStepWhileBothReleasesWriteAndTheBackfillRuns() throws Exception {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            required(dsl);
            var insert = dsl.insertInto(DSL.table("people"), field("id"), field("name"), field("amount"));
            IntStream.range(10, 4000).forEach(id -> insert.values(id, "Ada L" + id, 0));
            insert.execute();
            AtomicInteger phase = new AtomicInteger();
            List<Callable<Void>> both = new ArrayList<>();
            for (boolean isOld : List.of(true, false)) {
                both.add(() -> {
                    write(fresh, isOld, phase);
                    return null;
                });
            }
            both.add(() -> {
                try {
                    SchemaSteps.done(NAME.expand(), fresh);
                    phase.set(1);
                    fill(fresh);
                    phase.set(2);
                    SchemaSteps.done(NAME.contract(), fresh);
                } finally {
                    phase.set(3);
                }
                return null;
            });
            OwnThreads.runAll(both);
            assertThat(columns(dsl)).doesNotContain("name");
            assertThat(dsl.fetchCount(DSL.table("people"), DSL.condition("amount > 0 and first_name = 'Old'")))
                    .isPositive();
            assertThat(dsl.fetchCount(DSL.table("people"), DSL.condition("amount > 0 and first_name = 'New'")))
                    .isPositive();
        }
    }

    private static void fill(Fresh fresh) throws Exception {
        TestTables.all().all().forEach(table -> fresh.dsl().deleteFrom(table).execute());
        try (Dispatcher registry = SchemaSteps.filling(NAME)
                .on(fresh.dataSource())
                .mode(Mode.AFTER)
                .maxReplicationLag(Duration.ZERO)
                .build()) {
            assertThat(registry.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
        }
        assertThat(outOfStep(fresh.dsl())).isZero();
    }

    private static void write(Fresh fresh, boolean isOld, AtomicInteger phase) throws SQLException {
        try (Connection connection = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
            DSLContext dsl = DSL.using(connection, KIND.dialect());
            for (int i = 0; phase.get() < (isOld ? 2 : 3); i++) {
                int id = 10 + i * 7 % 3980;
                if (isOld) {
                    dsl.execute("update people set name = 'Old " + i + "', amount = amount + 1 where id = " + id);
                    dsl.execute("insert into people (id, name) values (" + (10_000 + i) + ", 'Old I" + i + "')");
                } else if (phase.get() > 0) {
                    dsl.execute("update people set first_name = 'New', last_name = '" + i
                            + "', amount = amount + 1 where id = " + (id + 3));
                    dsl.execute("insert into people (id, first_name) values (" + -i + ", 'New')"
                            + " on duplicate key update first_name = 'Newer'");
                }
            }
        }
    }

    @Test
    void contractRefusesAndKeepsAllIfARowIsOutOfStep() {
        try (var fresh = KIND.fresh()) {
            expanded(fresh);
            DSLContext dsl = fresh.dsl();
            assertThat(SchemaSteps.refused(NAME.contract(), fresh))
                    .contains(
                            "in some rows the old and the new columns differ, so nothing was dropped; correct the rows that"
                                    + " this query finds, then call retry(): select * from");
            assertThat(columns(dsl)).contains("name", "first_name", "last_name");
            assertThat(triggers(dsl)).hasSize(2);
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            dsl.execute("drop trigger " + triggers(dsl).get(0));
            assertThat(SchemaSteps.refused(NAME.contract(), fresh)).contains("in step are missing");
            SchemaSteps.done(NAME.expand(), fresh);
            SchemaSteps.done(NAME.contract(), fresh);
        }
    }

    /** Somebody has written without the triggers what the collation holds for equal. */
    @Test
    void contractComparesByteByByte() {
        try (var fresh = KIND.fresh()) {
            expanded(fresh);
            DSLContext dsl = fresh.dsl();
            List<String> made = dsl.fetch(
                            "select concat('create trigger ', trigger_name, ' before ', event_manipulation,"
                                    + " ' on people for each row ', action_statement) from information_schema.triggers"
                                    + " where trigger_schema = database()")
                    .getValues(0, String.class);
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            triggers(dsl).forEach(name -> dsl.execute("drop trigger " + name));
            dsl.execute("update people set name = 'ada lovelace' where id = 2");
            made.forEach(sql ->
                    dsl.connection(connection -> connection.createStatement().execute(sql)));
            assertThat(SchemaSteps.refused(NAME.contract(), fresh))
                    .contains("in some rows the old and the new columns differ");
            assertThat(dsl.fetch(NAME.violations()).getValues(0, Long.class)).containsExactly(2L);
            dsl.execute("update people set first_name = 'ada', last_name = 'lovelace' where id = 2");
            SchemaSteps.done(NAME.contract(), fresh);
        }
    }

    @Test
    void stepsThatHaveNothingBeforeThemAreRefused() {
        try (var fresh = KIND.fresh()) {
            prepare(fresh.dsl());
            assertThat(SchemaSteps.refused(NAME.contract(), fresh)).contains("in step are missing");
            SchemaSteps.done(NAME.undo(), fresh);
            SchemaSteps.done(NAME.expand(), fresh);
            assertThat(SchemaSteps.refused(RENAMED.expand(), fresh))
                    .contains("has another definition than this declaration");
            fresh.dsl().execute("alter table people modify name varchar(20) comment 'async-migrations: replaced by x'");
            assertThat(SchemaSteps.refused(NAME.undo(), fresh)).contains("so undo() cannot restore it");
        }
    }

    @Test
    void aTriggerThatFiresEarlierIsSeen() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            dsl.execute("create trigger zzz before insert on people for each row set new.name = upper(new.name)");
            SchemaSteps.done(NAME.expand(), fresh);
            dsl.execute("insert into people (id, name) values (9, 'Grace Hopper')");
            assertThat(row(dsl, 9)).isEqualTo("GRACE HOPPER|GRACE|HOPPER");
        }
    }

    @Test
    void namesInQuotesAndInAnotherDatabaseAreKept() {
        String odd = "o" + UUID.randomUUID().toString().replace("-", "") + " x";
        ExpandContract declaration = ExpandContract.of(
                        BatchKey.of(DSL.table(DSL.name(odd, "Some`Table")), field(DSL.name("Id"), BIGINT)))
                .rename(field(DSL.name("Old's Name"), VARCHAR(20)), field(DSL.name("new"), VARCHAR(20)));
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create database `" + odd + "`");
            try {
                String table = "`" + odd + "`.`Some``Table`";
                dsl.execute("create table " + table + " (Id bigint primary key, `Old's Name` varchar(20) not null)");
                dsl.execute("insert into " + table + " values (1, 'a')");
                SchemaSteps.done(declaration.expand(), fresh);
                SchemaSteps.done(SchemaSteps.filling(declaration), fresh);
                dsl.execute("insert into " + table + " (Id, new) values (2, 'b')");
                assertThat(dsl.fetch("select concat(`Old's Name`, new) from " + table + " order by 1")
                                .getValues(0, String.class))
                        .containsExactly("aa", "bb");
                SchemaSteps.done(declaration.contract(), fresh);
            } finally {
                dsl.execute("drop database `" + odd + "`");
            }
        }
    }

    @Test
    void thePlanListsTheStatements() {
        try (var fresh = KIND.fresh()) {
            prepare(fresh.dsl());
            assertThat(SchemaSteps.left(NAME.expand(), fresh.dataSource()))
                    .contains("alter table people add column `first_name` varchar(30)", "create trigger `");
            assertThat(columns(fresh.dsl())).containsExactly("id", "name", "amount");
        }
    }
}
