package org.asyncmigrations.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.SQLException;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.session.Connections;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** On tables like those of Flyway and Liquibase; the modules for these tools test with the tools themselves. */
class SchemaHistoryTest {
    private int rank;

    @Test
    void aMigrationThatRequiresNothingAsksNothing() throws SQLException {
        SchemaHistory history;
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            history = history(fresh);
        }
        assertThat(history.waitsFor(requiring(""))).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aVersionIsThereWhenFlywayHasAppliedIt(TestDatabase kind) throws SQLException {
        try (Fresh fresh = kind.fresh()) {
            SchemaHistory history = history(fresh);
            assertThat(history.waitsFor(requiring("12.3")))
                    .isEqualTo("waits for version 12.3 of the schema (there is neither flyway_schema_history nor"
                            + " DATABASECHANGELOG)");
            flyway(fresh.dsl(), name("flyway_schema_history"));
            assertThat(history.waitsFor(requiring("12.3")))
                    .isEqualTo("waits for version 12.3 of the schema (flyway_schema_history has no earlier version)");
            applied(fresh.dsl(), "12.2", "SQL", true);
            applied(fresh.dsl(), "20261121093000", "JDBC", true);
            assertThat(history.waitsFor(requiring("12.3")))
                    .isEqualTo("waits for version 12.3 of the schema (flyway_schema_history has 12.2)");
            applied(fresh.dsl(), "12.3", "SQL", false);
            assertThat(history.waitsFor(requiring("12.3")))
                    .isEqualTo("waits for version 12.3 of the schema (flyway_schema_history has it as failed or"
                            + " undone)");
            applied(fresh.dsl(), "12.3", "SQL", true);
            assertThat(history.waitsFor(requiring("12.3"))).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdIsThereWhenLiquibaseHasRunIt(TestDatabase kind) throws SQLException {
        try (Fresh fresh = kind.fresh()) {
            SchemaHistory history = history(fresh);
            fresh.dsl().execute("create table DATABASECHANGELOG (ID varchar(255), ORDEREXECUTED int)");
            assertThat(history.waitsFor(requiring("2-names")))
                    .isEqualTo("waits for version 2-names of the schema (DATABASECHANGELOG has no change set)");
            fresh.dsl().execute("insert into DATABASECHANGELOG values ('1-customers', 2), ('0-first', 1)");
            assertThat(history.waitsFor(requiring("2-names")))
                    .isEqualTo("waits for version 2-names of the schema (DATABASECHANGELOG has 1-customers)");
            fresh.dsl().execute("insert into DATABASECHANGELOG values ('2-names', 3)");
            assertThat(history.waitsFor(requiring("2-names"))).isNull();
        }
    }

    @Test
    void ofBothToolsEitherMayHaveIt() throws SQLException {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            flyway(fresh.dsl(), name("flyway_schema_history"));
            fresh.dsl().execute("create table DATABASECHANGELOG (ID varchar(255), ORDEREXECUTED int)");
            assertThat(history(fresh).waitsFor(requiring("b")))
                    .isEqualTo("waits for version b of the schema (flyway_schema_history has no such version and"
                            + " DATABASECHANGELOG has no change set)");
            fresh.dsl().execute("insert into DATABASECHANGELOG values ('b', 1)");
            assertThat(history(fresh).waitsFor(requiring("b"))).isNull();
        }
    }

    @Test
    void whatWasUndoneIsNotThereAndWhatABaselineCoversIs() throws SQLException {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            flyway(fresh.dsl(), name("flyway_schema_history"));
            applied(fresh.dsl(), "10", "BASELINE", true);
            applied(fresh.dsl(), "11", "SQL", true);
            applied(fresh.dsl(), "11", "UNDO_SQL", true);
            SchemaHistory history = history(fresh);
            assertThat(history.waitsFor(requiring("9.9"))).isNull();
            assertThat(history.waitsFor(requiring("11")))
                    .endsWith("(flyway_schema_history has it as failed or undone)");
            assertThat(history.waitsFor(requiring("10.1"))).endsWith("(flyway_schema_history has 10)");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES"})
    void theTableMayHaveAnotherNameAndSchema(TestDatabase kind) throws SQLException {
        try (Fresh fresh = kind.fresh()) {
            fresh.dsl().createSchema(name("ops")).execute();
            flyway(fresh.dsl(), name("ops", "Changes"));
            fresh.dsl()
                    .insertInto(table(name("ops", "Changes")))
                    .values(1, "3", "SQL", true)
                    .execute();
            SchemaHistory.Tables tables = new SchemaHistory.Tables("ops.Changes", "DATABASECHANGELOG");
            assertThat(new SchemaHistory(Connections.of(fresh.dataSource()), tables, "").waitsFor(requiring("3")))
                    .isNull();
            SchemaHistory.Tables unqualified = new SchemaHistory.Tables("Changes", "DATABASECHANGELOG");
            assertThat(new SchemaHistory(Connections.of(fresh.dataSource()), unqualified, "ops")
                            .waitsFor(requiring("3")))
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"12.3, 12_3", "12.3, 012.3", "12.3, 12.3.0", "1, 1.0", "20261121093000, 20261121093000"})
    void versionsAreComparedAsFlywayDoes(String one, String other) {
        assertThat(SchemaVersion.of(one)).isEqualByComparingTo(SchemaVersion.of(other));
        assertThat(SchemaVersion.of(one)).isLessThan(SchemaVersion.of(one + ".1"));
    }

    private static SchemaHistory history(Fresh fresh) {
        return new SchemaHistory(Connections.of(fresh.dataSource()), SchemaHistory.Tables.DEFAULT, "");
    }

    private static MigrationEntry requiring(String version) {
        return MigrationEntry.async(1, "a.One", By.TRANSACTION, "f").requiringSchema(version);
    }

    private static void flyway(DSLContext dsl, Name table) {
        dsl.createTable(table)
                .column(name("installed_rank"), SQLDataType.INTEGER)
                .column(name("version"), SQLDataType.VARCHAR(50))
                .column(name("type"), SQLDataType.VARCHAR(20))
                .column(name("success"), SQLDataType.BOOLEAN)
                .execute();
    }

    private void applied(DSLContext dsl, String version, String type, boolean success) {
        dsl.insertInto(table(name("flyway_schema_history")))
                .values(DSL.val(++rank), DSL.val(version), DSL.val(type), DSL.val(success))
                .execute();
    }
}
