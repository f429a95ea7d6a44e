package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.TestDatabase;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link RenameByView} refuses on MariaDB, before anything is changed. */
class InnoDbRenameRefusalTest {
    private static final RenameByView TABLE = InnoDbRenameByViewTest.TABLE;

    private static Arguments refused(String why, String... statements) {
        return Arguments.of(why, List.of(statements));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused("the name clients is taken", "create table clients (id int)"),
                refused("the name clients is taken", "create view clients as select email as id from customers"),
                refused("there is no table customers and no table clients", "drop table customers"),
                refused(
                        "customers is neither a table nor the view that this declaration creates",
                        "rename table customers to other_customers",
                        "create view customers as select * from other_customers"),
                refused(
                        "customers is not an ordinary table, but a SEQUENCE",
                        "drop table customers",
                        "create sequence customers"),
                refused(
                        "customers is not an ordinary table, but a SYSTEM VERSIONED",
                        "alter table customers add system versioning"),
                refused(
                        "table customers has a period of time",
                        "delete from customers",
                        "alter table customers add a date not null, add b date not null, add period for valid (a, b)"),
                refused(
                        "table customers is partitioned, and no statement can name its partition p0",
                        "alter table customers drop index email",
                        "alter table customers partition by hash (id) partitions 2"),
                refused(
                        "column secret of table customers is invisible",
                        "alter table customers add secret int invisible"),
                refused(
                        "the trigger async_migrations_x of table customers belongs to an ExpandContract",
                        "create trigger async_migrations_x before insert on customers for each row set new.note = 'x'"),
                refused(
                        "the procedure empty truncates table customers",
                        "create procedure empty() truncate table customers"),
                refused(
                        "the server would rename the foreign key customers_ibfk_1",
                        "create table parents (id bigint primary key)",
                        "alter table customers add parent bigint, add foreign key (parent) references parents (id)",
                        "create table others (parent bigint,"
                                + " constraint clients_ibfk_1 foreign key (parent) references parents (id))"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatAViewWouldChangeIsRefusedBeforehand(String why, List<String> statements) {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            DSLContext dsl = fresh.dsl();
            InnoDbRenameByViewTest.prepare(dsl);
            statements.forEach(dsl::execute);
            String before = InnoDbRenameByViewTest.kinds(dsl);
            assertThat(SchemaSteps.refused(TABLE.expand(), fresh)).contains(why);
            assertThat(InnoDbRenameByViewTest.kinds(dsl)).isEqualTo(before);
        }
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            InnoDbRenameByViewTest.prepare(fresh.dsl());
            assertThat(SchemaSteps.refused(
                            RenameByView.table(table("customers"), "c".repeat(65))
                                    .expand(),
                            fresh))
                    .contains("may have at most 64 characters; choose a shorter one");
            SchemaSteps.done(
                    RenameByView.table(table("customers"), "é".repeat(64)).expand(), fresh);
        }
    }

    @Test
    void aNameOfOursThatIsTakenIsRefused() {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            DSLContext dsl = fresh.dsl();
            InnoDbRenameByViewTest.prepare(dsl);
            SchemaSteps.done(TABLE.expand(), fresh);
            String next = InnoDbRenameByViewTest.next(fresh);
            dsl.execute("create table " + next + " (id int)");
            assertThat(SchemaSteps.refused(TABLE.undo(), fresh)).contains("the name " + next + " is taken");
            assertThat(InnoDbRenameByViewTest.kinds(dsl)).startsWith("VIEW, BASE TABLE");
            dsl.execute("drop view customers");
            dsl.execute("rename table clients to customers");
            assertThat(SchemaSteps.refused(TABLE.expand(), fresh)).contains("the name " + next + " is taken");
            assertThat(InnoDbRenameByViewTest.kinds(dsl)).startsWith("BASE TABLE, null");
        }
    }

    /** A view that has a column twice takes no inserts. */
    @Test
    void aColumnIsRefused() {
        RenameByView column =
                RenameByView.column(table("customers"), field("email"), field("email_address"), "customers_data");
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            InnoDbRenameByViewTest.prepare(fresh.dsl());
            for (var step : List.of(column.expand(), column.contract(), column.undo())) {
                assertThat(SchemaSteps.refused(step, fresh))
                        .contains("so column email of table customers is left as it is; use ExpandContract.rename");
            }
        }
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                refused("the view ", "create view others as select email from customers"),
                refused("the procedure counting has", "create procedure counting() select count(*) from customers"),
                refused(
                        "the function counted has",
                        "create function counted() returns int return (select count(*) from `customers`)"),
                refused(
                        "the trigger t has",
                        "create table others (id int)",
                        "create trigger t after insert on others for each row insert into customers (email) values (new.id)"));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void contractRefusesWhatStillNeedsTheOldName(String why, List<String> statements) {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            DSLContext dsl = fresh.dsl();
            InnoDbRenameByViewTest.prepare(dsl);
            dsl.execute("create procedure unrelated() select 'customers_2', 1 as xcustomers");
            statements.forEach(dsl::execute);
            SchemaSteps.done(TABLE.expand(), fresh);
            assertThat(SchemaSteps.refused(TABLE.contract(), fresh)).contains(why);
            assertThat(InnoDbRenameByViewTest.kinds(dsl)).isEqualTo("VIEW, BASE TABLE");
            String created = statements.get(statements.size() - 1);
            dsl.execute(created.replaceFirst("create (\\w+ \\w+).*", "drop $1"));
            SchemaSteps.done(TABLE.contract(), fresh);
        }
    }
}
