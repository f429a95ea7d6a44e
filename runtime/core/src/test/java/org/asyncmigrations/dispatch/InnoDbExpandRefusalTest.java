package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.TestDatabase;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ExpandContract} refuses on MariaDB, before anything is changed. */
class InnoDbExpandRefusalTest {
    private static final ExpandContract NAME = InnoDbExpandContractTest.NAME;

    private static Arguments refused(String why, String... statements) {
        return Arguments.of(why, List.of(statements));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused(
                        "column name of table people is generated",
                        "alter table people drop name, add name varchar(20) generated always as ('x') stored"),
                refused("table people is partitioned", "alter table people partition by hash (id) partitions 2"),
                refused("table people has the full-text index words", "alter table people add fulltext words (name)"),
                refused(
                        "table people is not an ordinary table, but a SYSTEM VERSIONED",
                        "alter table people add system versioning"),
                refused(
                        "belongs to constraint PRIMARY",
                        "update people set name = id",
                        "alter table people drop primary key, add primary key (name)"),
                refused(
                        "belongs to constraint people_others",
                        "delete from people",
                        "create table others (name varchar(20) primary key) default charset utf8mb4",
                        "alter table people add constraint people_others foreign key (name) references others (name)"),
                refused(
                        "belongs to constraint others_people of others",
                        "delete from people",
                        "alter table people add unique (name)",
                        "create table others (name varchar(20), constraint others_people foreign key (name)"
                                + " references people (name)) default charset utf8mb4"),
                refused(
                        "the foreign key people_others changes column first_name",
                        "create table others (name varchar(30) primary key) default charset utf8mb4",
                        "alter table people add first_name varchar(30), add constraint people_others"
                                + " foreign key (first_name) references others (name) on update cascade"),
                refused("exists with another definition", "alter table people add first_name text"),
                refused("table people has no column name", "alter table people change name other varchar(20)"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatKeepsTriggersFromWorkingIsRefusedBeforehand(String why, List<String> statements) {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("drop table if exists others");
            InnoDbExpandContractTest.prepare(dsl);
            statements.forEach(dsl::execute);
            List<String> before = InnoDbExpandContractTest.columns(dsl);
            assertThat(SchemaSteps.refused(NAME.expand(), fresh)).contains(why);
            assertThat(InnoDbExpandContractTest.columns(dsl)).isEqualTo(before);
            assertThat(InnoDbExpandContractTest.triggers(dsl)).isEmpty();
        }
    }

    @Test
    void aTriggerThatFiresLaterIsRefused() {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            DSLContext dsl = fresh.dsl();
            InnoDbExpandContractTest.prepare(dsl);
            SchemaSteps.done(NAME.expand(), fresh);
            String insert = InnoDbExpandContractTest.triggers(dsl).stream()
                    .filter(name -> name.endsWith("insert"))
                    .findFirst()
                    .orElseThrow();
            dsl.execute("drop trigger " + insert);
            dsl.execute("create trigger aaa before update on people for each row set new.amount = 2");
            assertThat(SchemaSteps.refused(NAME.expand(), fresh))
                    .contains("trigger aaa of table people has been created");
            dsl.execute("drop trigger aaa");
            SchemaSteps.done(NAME.expand(), fresh);
        }
    }

    @Test
    void anExpansionOfAColumnOfAnotherOneIsRefused() {
        ExpandContract next = ExpandContract.of("people", "id")
                .rename(InnoDbExpandContractTest.FIRST, DSL.field("given", SQLDataType.VARCHAR(30)));
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            InnoDbExpandContractTest.prepare(fresh.dsl());
            SchemaSteps.done(NAME.expand(), fresh);
            assertThat(SchemaSteps.refused(next.expand(), fresh))
                    .contains("of another expansion uses a column of this one of table people");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add unique two (name, amount)",
                "add constraint some check (name <> 'x' or amount > 0)",
                "add size int generated always as (length(name)) virtual"
            })
    void contractRefusesWhatStillNeedsTheOldColumn(String what) {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            DSLContext dsl = fresh.dsl();
            InnoDbExpandContractTest.prepare(dsl);
            dsl.execute("update people set name = id");
            dsl.execute("alter table people " + what);
            SchemaSteps.done(NAME.expand(), fresh);
            SchemaSteps.done(SchemaSteps.filling(NAME), fresh);
            assertThat(SchemaSteps.refused(NAME.contract(), fresh))
                    .contains("something else needs name of table people, so nothing was dropped");
            assertThat(InnoDbExpandContractTest.columns(dsl)).contains("name");
            assertThat(InnoDbExpandContractTest.triggers(dsl)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"concat(first_name, amount)", "frst_name", "concat(first_name"})
    void anExpressionThatTheServerDoesNotTakeIsRefusedBeforehand(String value) {
        ExpandContract wrong = ExpandContract.of("people", "id")
                .replace(InnoDbExpandContractTest.OLD, value)
                .with(InnoDbExpandContractTest.FIRST, "name");
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            InnoDbExpandContractTest.prepare(fresh.dsl());
            assertThat(SchemaSteps.refused(wrong.expand(), fresh))
                    .contains("an expression for column name of table people or for the columns that replace it");
            assertThat(InnoDbExpandContractTest.columns(fresh.dsl())).containsExactly("id", "name", "amount");
        }
    }
}
