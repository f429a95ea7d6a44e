package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renames on PostgreSQL, with a view for the old release. */
class RenameByViewTest {
    private static final RenameByView TABLE = RenameByView.table(table("customers"), "clients");
    private static final RenameByView COLUMN =
            RenameByView.column(table("customers"), field("email"), field("email_address"), "customers_data");

    private static void prepare(Fresh fresh) {
        prepare(fresh.dsl());
    }

    private static void prepare(DSLContext dsl) {
        dsl.execute("do $$ begin if exists (select from pg_views where viewname = 'customers')"
                + " then drop view customers; end if; end $$");
        dsl.execute("drop table if exists customers, clients, customers_data cascade");
        dsl.execute("create table customers (id bigint generated always as identity primary key,"
                + " email varchar(50) not null unique, note text default 'new')");
        dsl.execute("insert into customers (email) values ('ada@example.org')");
    }

    private static String kind(DSLContext dsl, String name) {
        return String.valueOf(
                dsl.fetchValue("select relkind::text from pg_class where oid = to_regclass({0})", DSL.val(name)));
    }

    private static List<String> columns(DSLContext dsl, String name) {
        return dsl.fetch("select * from " + name + " where false")
                .fieldStream()
                .map(Field::getName)
                .toList();
    }

    /** What applications do, by the old names. */
    private static void oldCode(DSLContext dsl) {
        assertThat(dsl.fetchValue("insert into customers (email) values ('grace@example.org') returning note"))
                .isEqualTo("new");
        assertThat(dsl.fetchSingle("insert into customers (email, note) values ('grace@example.org', 'twice')"
                                + " on conflict (email) do update set note = excluded.note, email = customers.email"
                                + " returning id, note")
                        .get("note"))
                .isEqualTo("twice");
        dsl.execute("insert into customers values (default, 'katherine@example.org', default)");
        assertThat(dsl.fetchValue("select note from customers where email like 'kath%' for update"))
                .isEqualTo("new");
        dsl.execute("update customers set email = 'kj@example.org' where email like 'kath%'");
        assertThat(dsl.execute("delete from customers where email = 'kj@example.org'"))
                .isEqualTo(1);
        assertThatThrownBy(() -> dsl.execute("insert into customers (note) values ('none')"))
                .hasMessageContaining("not-null constraint");
    }

    @Test
    void aTableIsReadAndWrittenByBothNamesUntilContract() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(fresh);
            SchemaSteps.done(TABLE.expand(), fresh);
            assertThat(kind(dsl, "customers") + kind(dsl, "clients")).isEqualTo("vr");
            oldCode(dsl);
            dsl.execute("insert into clients (email) values ('dorothy@example.org')");
            assertThat(dsl.fetchValue("select count(*) from customers")).isEqualTo(3L);
            SchemaSteps.done(TABLE.expand(), fresh);
            SchemaSteps.done(TABLE.contract(), fresh);
            assertThat(kind(dsl, "customers") + kind(dsl, "clients")).isEqualTo("nullr");
            SchemaSteps.done(TABLE.contract(), fresh);
            SchemaSteps.done(TABLE.expand(), fresh);
            assertThat(SchemaSteps.refused(TABLE.undo(), fresh)).contains("so undo() cannot restore it");
        }
    }

    @Test
    void aColumnIsReadAndWrittenByBothNamesUntilContract() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(fresh);
            SchemaSteps.done(COLUMN.expand(), fresh);
            assertThat(columns(dsl, "customers")).containsExactly("id", "email", "note", "email_address");
            assertThat(columns(dsl, "customers_data")).containsExactly("id", "email_address", "note");
            oldCode(dsl);
            dsl.execute("insert into customers (email_address) values ('dorothy@example.org')"
                    + " on conflict (email_address) do update set email_address = excluded.email_address");
            dsl.execute("update customers set email_address = 'dv@example.org' where email = 'dorothy@example.org'");
            SchemaSteps.done(COLUMN.expand(), fresh);
            SchemaSteps.done(COLUMN.contract(), fresh);
            assertThat(kind(dsl, "customers")).isEqualTo("r");
            assertThat(columns(dsl, "customers")).containsExactly("id", "email_address", "note");
            assertThat(dsl.fetchValue("select count(*) from customers where email_address = 'dv@example.org'"))
                    .isEqualTo(1L);
            SchemaSteps.done(COLUMN.contract(), fresh);
            SchemaSteps.done(COLUMN.expand(), fresh);
            assertThat(SchemaSteps.refused(COLUMN.undo(), fresh)).contains("so undo() cannot restore it");
        }
    }

    static Stream<RenameByView> both() {
        return Stream.of(TABLE, COLUMN);
    }

    @ParameterizedTest
    @MethodSource("both")
    void undoGivesTheOldNamesBack(RenameByView one) {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            prepare(fresh);
            SchemaSteps.done(one.undo(), fresh);
            assertThat(SchemaSteps.refused(one.contract(), fresh)).contains("let that migration run first");
            SchemaSteps.done(one.expand(), fresh);
            SchemaSteps.done(one.undo(), fresh);
            assertThat(kind(fresh.dsl(), "customers")).isEqualTo("r");
            assertThat(columns(fresh.dsl(), "customers")).containsExactly("id", "email", "note");
            SchemaSteps.done(one.undo(), fresh);
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void theStepsGoOnBehindTheirStatement(RenameByView one) throws Exception {
        TestDatabase kind = TestDatabase.POSTGRES;
        String gone = one == TABLE ? "null" : "r";
        int cuts = SchemaSteps.cutBehindEachStatement(
                        kind,
                        one.expand(),
                        RenameByViewTest::prepare,
                        dsl -> assertThat(kind(dsl, "customers")).isEqualTo("v"))
                + SchemaSteps.cutBehindEachStatement(
                        kind,
                        one.contract(),
                        fresh -> expanded(one, fresh),
                        dsl -> assertThat(kind(dsl, "customers")).isEqualTo(gone))
                + SchemaSteps.cutBehindEachStatement(
                        kind,
                        one.undo(),
                        fresh -> expanded(one, fresh),
                        dsl -> assertThat(columns(dsl, "customers")).containsExactly("id", "email", "note"));
        assertThat(cuts).isGreaterThanOrEqualTo(12);
    }

    private static void expanded(RenameByView one, Fresh fresh) {
        prepare(fresh);
        SchemaSteps.done(one.expand(), fresh);
    }

    private static Arguments refused(String why, String... statements) {
        return Arguments.of(why, List.of(statements));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused("the name clients is taken", "create table clients (id int)"),
                refused("the name clients is taken by a type", "create domain clients as text"),
                refused("table customers is published by p", "create publication p for table customers"),
                refused("table customers is published by p", "create publication p for all tables"),
                refused(
                        "a subscription writes into table customers",
                        "insert into pg_subscription_rel values (1, 'customers'::regclass, 'r', null)"),
                refused("table more inherits from table customers", "create table more () inherits (customers)"),
                refused(
                        "table customers is a part of table parents",
                        "create table parents (note text)",
                        "alter table customers inherit parents"),
                refused("has the rule loud", "create rule loud as on delete to customers do also notify customers"),
                refused(
                        "function f(customers) has rows of table customers as its type",
                        "create function f(customers) returns text language sql as 'select $1.email'"),
                refused(
                        "customers is neither a table nor the view that this declaration creates",
                        "alter table customers rename to other",
                        "create view customers as select * from other"),
                refused("there is no table customers and no table clients", "drop table customers"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatAViewWouldChangeIsRefusedBeforehand(String why, List<String> statements) {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            prepare(fresh);
            statements.forEach(fresh.dsl()::execute);
            String before = kind(fresh.dsl(), "customers") + kind(fresh.dsl(), "clients");
            assertThat(SchemaSteps.refused(TABLE.expand(), fresh)).contains(why);
            assertThat(kind(fresh.dsl(), "customers") + kind(fresh.dsl(), "clients"))
                    .isEqualTo(before);
        }
    }

    @Test
    void aNameOfAColumnThatIsMissingOrTakenIsRefused() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            prepare(fresh);
            RenameByView missing = RenameByView.column(table("customers"), field("mail"), field("m"), "data");
            RenameByView taken = RenameByView.column(table("customers"), field("email"), field("note"), "data");
            assertThat(SchemaSteps.refused(missing.expand(), fresh)).contains("has no column mail");
            assertThat(SchemaSteps.refused(taken.expand(), fresh)).contains("has a column note already");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachUserHasTheRightsAndSeesTheRowsThatItHad(boolean isTable) throws SQLException {
        String role = "r" + UUID.randomUUID().toString().replace("-", "");
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(fresh);
            dsl.execute("create role " + role + " login");
            try {
                dsl.execute("grant select, delete on customers to " + role);
                dsl.execute("grant update (email) on customers to " + role);
                dsl.execute("alter table customers enable row level security");
                dsl.execute("create policy own on customers to " + role + " using (note = 'mine')");
                dsl.execute("insert into customers (email, note) values ('mine@example.org', 'mine')");
                SchemaSteps.done(isTable ? TABLE.expand() : COLUMN.expand(), fresh);
                try (Connection connection = DriverManager.getConnection(fresh.url(), role, "")) {
                    DSLContext other = DSL.using(connection, TestDatabase.POSTGRES.dialect());
                    assertThat(other.fetchValue("select count(*) from customers"))
                            .isEqualTo(1L);
                    assertThat(other.execute("update customers set email = 'm@example.org'"))
                            .isEqualTo(1);
                    assertThatThrownBy(() -> other.execute("update customers set note = 'x'"))
                            .hasMessageContaining("permission denied");
                    assertThatThrownBy(() -> other.execute("insert into customers (email) values ('x')"))
                            .hasMessageContaining("permission denied");
                    assertThat(other.execute("delete from customers")).isEqualTo(1);
                }
            } finally {
                dsl.execute("drop owned by " + role + " cascade");
                dsl.execute("drop role " + role);
            }
        }
    }

    @Test
    void onH2ItIsRefused() {
        try (var fresh = TestDatabase.H2.fresh()) {
            fresh.dsl().execute("create table customers (id bigint primary key)");
            for (var step : List.of(TABLE.expand(), TABLE.contract(), TABLE.undo())) {
                assertThat(SchemaSteps.refused(step, fresh)).contains("run this migration on PostgreSQL");
            }
        }
    }
}
