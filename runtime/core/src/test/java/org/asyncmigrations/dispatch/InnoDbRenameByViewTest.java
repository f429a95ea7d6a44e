package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.table;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.RenameByView;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** A table that is renamed on MariaDB while both releases write. */
class InnoDbRenameByViewTest {
    static final TestDatabase KIND = TestDatabase.MARIADB;
    static final RenameByView TABLE = RenameByView.table(table("customers"), "clients");

    /** What an attempt before has created, when the table had two columns. */
    private static final List<List<String>> BEFORE = List.of(
            List.of("create view clients as select id, email from customers"),
            List.of(
                    "create view clients as select id, email from customers",
                    "create view {next} as select id, email from clients"),
            List.of(
                    "create view clients as select id, email from customers",
                    "create view {next} as select id, email from clients",
                    "drop view clients"));

    static void prepare(DSLContext dsl) {
        for (String name : List.of("customers", "clients")) {
            dsl.execute("drop view if exists " + name);
            dsl.execute("drop table if exists " + name);
        }
        dsl.execute("create table customers (id bigint auto_increment primary key, email varchar(50) not null unique,"
                + " note text default 'new', amount decimal(10,2) not null default 1.5,"
                + " made datetime(3) not null default current_timestamp(3),"
                + " loud varchar(50) generated always as (upper(email)) stored,"
                + " size int as (length(email)) virtual, check (amount > 0)) default charset utf8mb4");
        dsl.execute("insert into customers (email) values ('ada@example.org')");
    }

    private static void expanded(Fresh fresh) {
        prepare(fresh.dsl());
        SchemaSteps.done(TABLE.expand(), fresh);
    }

    /** {@return whether the old name, the new name and those of ours are a table, a view or nothing} */
    static String kinds(DSLContext dsl) {
        List<String> kinds = new ArrayList<>();
        for (String name : List.of("customers", "clients")) {
            kinds.add(String.valueOf(dsl.fetchValue(
                    "select table_type from information_schema.tables where table_schema = database()"
                            + " and table_name = {0}",
                    DSL.val(name))));
        }
        kinds.addAll(dsl.fetch("select table_name from information_schema.tables where table_schema = database()"
                        + " and table_name regexp '^async_migrations_next_'")
                .getValues(0, String.class));
        return String.join(", ", kinds);
    }

    private static List<String> columns(DSLContext dsl, String name) {
        return dsl.fetch("select * from " + name + " where false")
                .fieldStream()
                .map(Field::getName)
                .toList();
    }

    /** What applications do, by one of the names, on one connection. */
    private static void code(DSLContext pool, String table) {
        pool.connection(connection -> {
            DSLContext dsl = DSL.using(connection, KIND.dialect());
            inserts(dsl, table);
            upserts(dsl, table);
            updates(dsl, table);
        });
    }

    private static void inserts(DSLContext dsl, String table) {
        dsl.execute("insert into " + table + " (email) values ('grace@example.org')");
        assertThat(dsl.fetchValue(
                        "select concat_ws('|', note, amount, loud, size, made > now() - interval 1 hour) from " + table
                                + " where id = last_insert_id()"))
                .isEqualTo("new|1.50|GRACE@EXAMPLE.ORG|17|1");
        assertThat(dsl.fetchValue("insert into " + table + " (email) values ('mary@example.org') returning note"))
                .isEqualTo("new");
        dsl.execute("insert into " + table + " values (default, 'kj@example.org', default, default, default, default,"
                + " default)");
        dsl.execute("insert into " + table + " (email, note) select concat('x', email), default(note) from " + table
                + " where email = 'kj@example.org'");
        assertThat(dsl.fetchValue("select note from " + table + " where email = 'xkj@example.org'"))
                .isEqualTo("new");
        dsl.execute("insert ignore into " + table + " (email) values ('kj@example.org')");
        assertThatThrownBy(() -> dsl.execute("insert into " + table + " (note) values ('none')"))
                .hasMessageContaining("doesn't have a default value");
        assertThatThrownBy(() -> dsl.execute("insert into " + table + " (email, amount) values ('x', -1)"))
                .hasMessageContaining("CONSTRAINT");
    }

    private static void upserts(DSLContext dsl, String table) {
        dsl.execute("insert into " + table + " (email) values ('grace@example.org')"
                + " on duplicate key update id = last_insert_id(id), note = concat(note, '+', values(email))");
        assertThat(dsl.fetchValue("select note from " + table + " where id = last_insert_id()"))
                .isEqualTo("new+grace@example.org");
        dsl.execute("replace into " + table + " (email, note) values ('mary@example.org', 'other')");
        assertThat(dsl.fetchValue("select note from " + table + " where email = 'mary@example.org'"))
                .isEqualTo("other");
    }

    private static void updates(DSLContext dsl, String table) {
        assertThat(dsl.fetchValue("select note from " + table + " where email = 'kj@example.org' for update"))
                .isEqualTo("new");
        assertThat(dsl.execute("update " + table + " set note = 'u' where email like '%kj%' order by id limit 1"))
                .isEqualTo(1);
        assertThat(dsl.execute("update " + table + " c join " + table + " d on d.id = c.id set c.note = 'j'"
                        + " where d.email = 'kj@example.org'"))
                .isEqualTo(1);
        dsl.execute("lock tables " + table + " write");
        dsl.execute("delete from " + table + " where email = 'xkj@example.org' limit 1");
        dsl.execute("unlock tables");
        assertThat(dsl.execute("delete from " + table + " where email <> 'ada@example.org'"))
                .isEqualTo(3);
    }

    @Test
    void aTableIsReadAndWrittenByBothNamesUntilContract() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            SchemaSteps.done(TABLE.expand(), fresh);
            assertThat(kinds(dsl)).isEqualTo("VIEW, BASE TABLE");
            assertThat(columns(dsl, "customers")).isEqualTo(columns(dsl, "clients"));
            code(dsl, "customers");
            code(dsl, "clients");
            SchemaSteps.done(TABLE.expand(), fresh);
            SchemaSteps.done(TABLE.contract(), fresh);
            assertThat(kinds(dsl)).isEqualTo("null, BASE TABLE");
            code(dsl, "clients");
            SchemaSteps.done(TABLE.contract(), fresh);
            SchemaSteps.done(TABLE.expand(), fresh);
            assertThat(SchemaSteps.refused(TABLE.undo(), fresh)).contains("so undo() cannot restore it");
        }
    }

    @Test
    void undoGivesTheOldNameBack() {
        try (var fresh = KIND.fresh()) {
            prepare(fresh.dsl());
            SchemaSteps.done(TABLE.undo(), fresh);
            assertThat(SchemaSteps.refused(TABLE.contract(), fresh)).contains("let that migration run first");
            SchemaSteps.done(TABLE.expand(), fresh);
            SchemaSteps.done(TABLE.undo(), fresh);
            assertThat(kinds(fresh.dsl())).isEqualTo("BASE TABLE, null");
            code(fresh.dsl(), "customers");
            SchemaSteps.done(TABLE.undo(), fresh);
        }
    }

    @Test
    void theStepsGoOnBehindEachOfTheirStatements() throws Exception {
        int expand = SchemaSteps.cutBehindEachStatement(
                KIND,
                TABLE.expand(),
                fresh -> prepare(fresh.dsl()),
                dsl -> assertThat(kinds(dsl)).isEqualTo("VIEW, BASE TABLE"));
        assertThat(expand).isGreaterThanOrEqualTo(8);
        int contract = SchemaSteps.cutBehindEachStatement(
                KIND,
                TABLE.contract(),
                InnoDbRenameByViewTest::expanded,
                dsl -> assertThat(kinds(dsl)).isEqualTo("null, BASE TABLE"));
        assertThat(contract).isGreaterThanOrEqualTo(2);
        int undo = SchemaSteps.cutBehindEachStatement(
                KIND,
                TABLE.undo(),
                InnoDbRenameByViewTest::expanded,
                dsl -> assertThat(kinds(dsl)).isEqualTo("BASE TABLE, null"));
        assertThat(undo).isGreaterThanOrEqualTo(4);
    }

    /** Whatever has been done of a step, the other one can follow. */
    @Test
    void undoFollowsEachStateOfExpand() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            List<String> states = new ArrayList<>();
            BetweenStatements.Application look = (application, number) -> states.add(kinds(application));
            BetweenStatements.run(fresh, look, writing -> SchemaSteps.done(TABLE.expand(), writing));
            String next = next(fresh);
            assertThat(states.stream().distinct())
                    .containsExactly(
                            "BASE TABLE, null",
                            "BASE TABLE, VIEW",
                            "BASE TABLE, VIEW, " + next,
                            "BASE TABLE, null, " + next,
                            "VIEW, BASE TABLE");
            for (List<String> some : BEFORE) {
                prepare(dsl);
                some.forEach(sql -> dsl.execute(sql.replace("{next}", next)));
                SchemaSteps.done(TABLE.undo(), fresh);
                assertThat(kinds(dsl)).isEqualTo("BASE TABLE, null");
            }
        }
    }

    /** {@return the name of the view before it gets the old name} */
    static String next(Fresh fresh) {
        Matcher name = Pattern.compile("async_migrations_next_[0-9a-f]{8}")
                .matcher(SchemaSteps.left(TABLE.undo(), fresh.dataSource()));
        assertThat(name.find()).isTrue();
        return name.group();
    }

    @Test
    void theViewsOfAnAttemptBeforeAreCreatedAgainIfTheyLackAColumn() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            expanded(fresh);
            String next = next(fresh);
            for (List<String> some : BEFORE) {
                prepare(dsl);
                some.forEach(sql -> dsl.execute(sql.replace("{next}", next)));
                SchemaSteps.done(TABLE.expand(), fresh);
                assertThat(columns(dsl, "customers")).isEqualTo(columns(dsl, "clients"));
                code(dsl, "customers");
            }
        }
    }

    /** Old code doesn't know what is added afterwards. */
    @Test
    void aColumnThatIsAddedBehindTheExchangeIsNotInTheView() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            expanded(fresh);
            dsl.execute("alter table clients add town varchar(20) default 'Paris'");
            code(dsl, "customers");
            assertThat(columns(dsl, "customers")).doesNotContain("town");
            SchemaSteps.done(TABLE.undo(), fresh);
            assertThat(columns(dsl, "customers")).contains("town");
            SchemaSteps.done(TABLE.expand(), fresh);
            SchemaSteps.done(TABLE.contract(), fresh);
        }
    }

    @Test
    void oldCodeWritesBeforeAndBehindEachStatement() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            BetweenStatements.Application old = (application, number) -> {
                application.execute(
                        "insert into customers (email) values (" + number + ") on duplicate key update note = 'x'");
                assertThat(application.execute("delete from customers where email = " + number))
                        .isEqualTo(1);
            };
            assertThat(BetweenStatements.run(fresh, old, writing -> SchemaSteps.done(TABLE.expand(), writing)))
                    .isGreaterThanOrEqualTo(8);
            assertThat(BetweenStatements.run(fresh, old, writing -> SchemaSteps.done(TABLE.undo(), writing)))
                    .isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void triggersForeignKeysViewsAndProceduresWorkOn() {
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            prepare(dsl);
            for (String sql : List.of(
                    "create table log (what varchar(100))",
                    "create trigger t before insert on customers for each row insert into log"
                            + " values (concat(new.email, (select count(*) from customers)))",
                    "alter table customers add boss bigint, add foreign key (boss) references customers (id)",
                    "create table orders (id int primary key, customer bigint,"
                            + " foreign key (customer) references customers (id) on delete cascade)",
                    "create view others as select id, email from customers where email <> 'no' with check option",
                    "create procedure notes() update customers set note = 'p' where id = 1")) {
                dsl.execute(sql);
            }
            for (var step : List.of(TABLE.expand(), TABLE.undo(), TABLE.expand())) {
                SchemaSteps.done(step, fresh);
                dsl.execute("delete from log");
                dsl.execute("insert into customers (id, email, boss) values (7, 'a', 1)");
                dsl.execute("insert into others (id, email) values (8, 'b')");
                assertThat(dsl.fetch("select what from log").getValues(0, String.class))
                        .containsExactly("a1", "b2");
                assertThatThrownBy(() -> dsl.execute("insert into others (email) values ('no')"))
                        .hasMessageContaining("CHECK OPTION failed");
                dsl.execute("insert into orders values (1, 7)");
                assertThatThrownBy(() -> dsl.execute("insert into orders values (2, 99)"))
                        .hasMessageContaining("foreign key constraint fails");
                dsl.execute("call notes()");
                assertThat(dsl.fetchCount(DSL.table("customers"), DSL.condition("note = 'p'")))
                        .isEqualTo(1);
                dsl.execute("delete from customers where id > 1");
                assertThat(dsl.fetchCount(DSL.table("orders"))).isZero();
            }
            dsl.execute("drop view others");
            dsl.execute("drop procedure notes");
            assertThat(SchemaSteps.refused(TABLE.contract(), fresh)).contains("the trigger t has the name customers");
            dsl.execute("drop trigger t");
            SchemaSteps.done(TABLE.contract(), fresh);
            dsl.execute("insert into clients (id, email, boss) values (7, 'a', 1)");
            dsl.execute("insert into orders values (1, 7)");
        }
    }

    @Test
    void namesInQuotesAndInAnotherDatabaseAreKept() {
        String odd = "o" + UUID.randomUUID().toString().replace("-", "") + " x";
        RenameByView declaration = RenameByView.table(DSL.table(DSL.name(odd, "Some`Table")), "New.`Table");
        try (var fresh = KIND.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create database `" + odd + "`");
            try {
                dsl.execute("create table `" + odd + "`.`Some``Table` (`I``d` bigint primary key, `From x` int)");
                SchemaSteps.done(declaration.expand(), fresh);
                dsl.execute("insert into `" + odd + "`.`Some``Table` (`I``d`) values (1)");
                assertThat(dsl.fetchValue("select `I``d` from `" + odd + "`.`New.``Table`"))
                        .isEqualTo(1L);
                SchemaSteps.done(declaration.undo(), fresh);
                SchemaSteps.done(declaration.expand(), fresh);
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
            assertThat(SchemaSteps.left(TABLE.expand(), fresh.dataSource()))
                    .containsSubsequence(
                            "create algorithm = merge sql security definer view `", "drop view `", "rename table `");
            assertThat(kinds(fresh.dsl())).isEqualTo("BASE TABLE, null");
        }
    }
}
