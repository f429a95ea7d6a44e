package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.asyncmigrations.ExpandContract;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link org.asyncmigrations.ExpandContract} refuses, before anything is changed. */
class ExpandContractRefusalTest {
    @Test
    void contractRefusesAndKeepsAllIfARowIsOutOfStep() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            ExpandContractTest.expanded(fresh.dsl(), fresh);
            assertThat(SchemaSteps.refused(ExpandContractTest.NAME.contract(), fresh))
                    .contains(
                            "in some rows the old and the new columns differ, so nothing was dropped; correct the rows that this"
                                    + " query finds, then call retry(): select * from");
            assertThat(ExpandContractTest.columns(fresh.dsl())).contains("name", "first_name", "last_name");
            assertThat(ExpandContractTest.objects(fresh.dsl())).hasSize(3);
        }
    }

    @Test
    void contractRefusesWhatExpandHasNotMade() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            ExpandContractTest.prepare(fresh.dsl());
            assertThat(SchemaSteps.refused(ExpandContractTest.NAME.contract(), fresh))
                    .contains("are missing, so the column is not dropped");
            SchemaSteps.done(ExpandContractTest.NAME.expand(), fresh);
            fresh.dsl().execute("alter table people disable trigger user");
            assertThat(SchemaSteps.refused(ExpandContractTest.NAME.contract(), fresh))
                    .contains("are missing, so the column is not dropped");
            SchemaSteps.done(ExpandContractTest.NAME.expand(), fresh);
            fresh.dsl().execute("insert into people (id, name) values (9, 'Grace Hopper')");
            assertThat(ExpandContractTest.row(fresh.dsl(), 9)).isEqualTo("Grace Hopper|Grace|Hopper");
        }
    }

    @Test
    void undoTakesTheExpansionBackUntilTheOldColumnIsGone() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            ExpandContractTest.expanded(fresh.dsl(), fresh);
            SchemaSteps.done(ExpandContractTest.NAME.undo(), fresh);
            assertThat(ExpandContractTest.columns(fresh.dsl())).containsExactly("id", "name", "amount");
            assertThat(ExpandContractTest.objects(fresh.dsl())).isEmpty();
            SchemaSteps.done(ExpandContractTest.NAME.undo(), fresh);
            SchemaSteps.done(ExpandContractTest.NAME.expand(), fresh);
            SchemaSteps.done(SchemaSteps.filling(ExpandContractTest.NAME), fresh);
            SchemaSteps.done(ExpandContractTest.NAME.contract(), fresh);
            assertThat(SchemaSteps.refused(ExpandContractTest.NAME.undo(), fresh))
                    .contains("column name of table people no longer exists");
        }
    }

    @Test
    void anotherDeclarationIsRefused() {
        ExpandContract other = ExpandContract.of("people", "id")
                .replace(ExpandContractTest.OLD, "first_name || last_name")
                .with(ExpandContractTest.FIRST, "name")
                .with(ExpandContractTest.LAST, "''");
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            ExpandContractTest.expanded(fresh.dsl(), fresh);
            for (var step : List.of(other.expand(), other.contract(), other.undo())) {
                assertThat(SchemaSteps.refused(step, fresh)).contains("has another definition than this declaration");
            }
        }
    }

    private static Arguments refused(String why, String... statements) {
        return Arguments.of(why, List.of(statements));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused(
                        "column name of table people is generated",
                        "alter table people drop name, add name text generated always as ('x') stored"),
                refused(
                        "belongs to constraint people_pkey",
                        "alter table people drop constraint people_pkey, add primary key (id, name)"),
                refused(
                        "belongs to constraint others_name_fkey",
                        "delete from people",
                        "alter table people add unique (name)",
                        "create table others (name varchar(20) references people (name))"),
                refused(
                        "table people is partitioned by column name",
                        "drop table people",
                        "create table people (id bigint, name varchar(20)) partition by hash (name)"),
                refused(
                        "table people is partitioned by column name",
                        "drop table people",
                        "create table people (id bigint, name varchar(20)) partition by hash (lower(name))"),
                refused(
                        "table people is a part of table parents",
                        "create table parents (amount int)",
                        "alter table people inherit parents"),
                refused("table more inherits from table people", "create table more (note text) inherits (people)"),
                refused(
                        "trigger zzz of table people fires after zz_async_migrations_name_",
                        "create function f() returns trigger language plpgsql as 'begin return new; end'",
                        "create trigger zzz before update on people for each row execute function f()"),
                refused(
                        "session_replication_role is set for the database",
                        "do $$ begin execute format('alter database %I set session_replication_role = replica',"
                                + " current_database()); end $$"),
                refused("exists with another definition", "alter table people add first_name text"),
                refused("table people has no column name", "alter table people rename name to other"),
                refused(
                        "a subscription writes into table people",
                        "insert into pg_subscription_rel values (1, 'people'::regclass, 'r', null)"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatKeepsTriggersFromWorkingIsRefusedBeforehand(String why, List<String> statements) {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            ExpandContractTest.prepare(dsl);
            statements.forEach(dsl::execute);
            List<String> before = ExpandContractTest.columns(dsl);
            assertThat(SchemaSteps.refused(ExpandContractTest.NAME.expand(), fresh))
                    .contains(why);
            assertThat(ExpandContractTest.columns(dsl)).isEqualTo(before);
            assertThat(ExpandContractTest.objects(dsl)).noneMatch(name -> name.contains("async"));
        }
    }

    @Test
    void missingRightsAreRefusedBeforehand() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            ExpandContractTest.prepare(dsl);
            String role = "r" + UUID.randomUUID().toString().replace("-", "");
            dsl.execute("create role " + role + " login");
            try {
                dsl.execute("grant create on schema public to " + role);
                dsl.execute("grant all on people to " + role);
                assertThat(planAs(role, fresh)).contains("the user " + role + " must own table people");
                dsl.execute("alter table people owner to " + role);
                dsl.execute("revoke create on schema public from " + role);
                assertThat(planAs(role, fresh))
                        .contains("must have the privilege CREATE on the schema of table people");
                dsl.execute("grant create on schema public to " + role);
                assertThat(planAs(role, fresh)).contains("create trigger");
            } finally {
                dsl.execute("drop owned by " + role + " cascade");
                dsl.execute("drop role " + role);
            }
        }
    }

    private static String planAs(String role, Fresh fresh) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(fresh.url());
        config.setUsername(role);
        config.setPassword("");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            return SchemaSteps.left(ExpandContractTest.NAME.expand(), pool);
        } catch (MigrationException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first_name || amount", "frst_name", "first_name ||", "1"})
    void anExpressionThatTheServerDoesNotTakeIsRefusedBeforehand(String value) {
        ExpandContract wrong = ExpandContract.of("people", "id")
                .replace(ExpandContractTest.OLD, value)
                .with(ExpandContractTest.FIRST, "name");
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            ExpandContractTest.prepare(fresh.dsl());
            if (value.equals("1")) {
                SchemaSteps.done(wrong.expand(), fresh);
            } else {
                assertThat(SchemaSteps.refused(wrong.expand(), fresh))
                        .contains("an expression for column name of table people or for the columns that replace it");
                assertThat(ExpandContractTest.columns(fresh.dsl())).containsExactly("id", "name", "amount");
            }
        }
    }

    @Test
    void onH2ItIsRefused() {
        try (var fresh = TestDatabase.H2.fresh()) {
            fresh.dsl().execute("create table people (id bigint primary key, name varchar(20))");
            for (var step : List.of(
                    ExpandContractTest.NAME.expand(),
                    ExpandContractTest.NAME.contract(),
                    ExpandContractTest.NAME.undo())) {
                assertThat(SchemaSteps.refused(step, fresh)).contains("run this migration on PostgreSQL");
            }
        }
    }

    @Test
    void thePlanListsTheStatements() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            ExpandContractTest.prepare(fresh.dsl());
            assertThat(SchemaSteps.left(ExpandContractTest.NAME.expand(), fresh.dataSource()))
                    .contains("alter table people add column \"first_name\" varchar(30);", "create trigger");
            assertThat(ExpandContractTest.columns(fresh.dsl())).containsExactly("id", "name", "amount");
        }
    }

    @Test
    void aDroppedColumnMustBeTheOneThatIsRetired() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            ExpandContractTest.expanded(fresh.dsl(), fresh);
            TestCatalog catalog =
                    SchemaSteps.catalog(ExpandContractTest.NAME.contract()).takingAway(DSL.table("people"), "amount");
            assertThat(SchemaSteps.refused(catalog, fresh))
                    .contains("drops column name, but its @RetiresColumn names amount");
        }
    }
}
