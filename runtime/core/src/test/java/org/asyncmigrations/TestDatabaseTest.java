package org.asyncmigrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.DriverManager;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestDatabaseTest {
    @ParameterizedTest
    @EnumSource
    void whatIsInsertedIsSelected(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table words (id bigint primary key, word varchar(20))");
            dsl.insertInto(table("words"), field("id", Long.class), field("word", String.class))
                    .values(1L, "größer 😀")
                    .execute();
            assertThat(dsl.select(field("word", String.class)).from("words").fetch(0, String.class))
                    .containsExactly("größer 😀");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachFreshDatabaseIsEmpty(TestDatabase database) throws Exception {
        try (Fresh first = database.fresh();
                Fresh second = database.fresh()) {
            first.dsl().execute("create table words (id bigint primary key)");
            second.dsl().execute("create table words (id bigint primary key)");
            assertThat(second.dsl().fetchCount(table(name("words").unquotedName())))
                    .isZero();
            try (var beside = DriverManager.getConnection(second.url(), second.user(), second.password())) {
                assertThat(beside.isValid(1)).isTrue();
            }
        }
    }
}
