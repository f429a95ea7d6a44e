package org.asyncmigrations.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.unquotedName;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.ManualWorker;
import org.asyncmigrations.dispatch.TestCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Liquibase itself, on each database. */
class LiquibaseQueueTest {
    private static final long FIRST = 20261121_093000L;
    private static final String CUSTOMERS = """
            <changeSet id="1-customers" author="shop">
              <createTable tableName="customers"><column name="id" type="int"/></createTable>
            </changeSet>
            """;
    private static final String REGISTER = """
            <changeSet id="20261121_093000" author="async">
              <customChange class="org.asyncmigrations.liquibase.RegisterAsyncMigration">
                <param name="version" value="%s"/>
              </customChange>
            </changeSet>
            """;
    private static final String NAMES = """
            <changeSet id="2-names" author="shop">
              <addColumn tableName="customers"><column name="name" type="varchar(9)"/></addColumn>
            </changeSet>
            """;

    @TempDir
    private Path scripts;

    private final ManualWorker worker = new ManualWorker();
    private final List<Long> ran = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void theVersionIsInLiquibasesHistoryAndRegistered(TestDatabase kind) throws Exception {
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = registry(fresh, catalog())) {
            LiquibaseQueue.register(
                    migrations, () -> update(fresh, CUSTOMERS, REGISTER.formatted("20261121_093000"), NAMES));
            assertThat(history(fresh)).containsExactly("1-customers", "20261121_093000", "2-names");
            assertThat(rows(fresh)).isEqualTo(1);
            assertThat(migrations.migration(FIRST).state()).isEqualTo(State.CREATED);
            assertThat(worker.starts()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWorkFollowsTheUpdateOfTheSchema(TestDatabase kind) throws Exception {
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = registry(fresh, catalog())) {
            LiquibaseQueue.join(migrations, () -> update(fresh, CUSTOMERS, REGISTER.formatted("20261121093000L")));
            assertThat(worker.starts()).isEqualTo(1);
            worker.untilIdle();
            assertThat(ran).containsExactly(FIRST);
            LiquibaseQueue.join(migrations, () -> update(fresh, CUSTOMERS, REGISTER.formatted("20261121093000L")));
            assertThat(migrations.migration(FIRST).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void asTheReadmeSaysIt() throws Exception {
        write(CUSTOMERS, REGISTER.formatted("20261121_093000"));
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher migrations = registry(fresh, catalog());
                Connection connection = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
            Liquibase liquibase = new Liquibase(
                    "changes.xml", new DirectoryResourceAccessor(scripts), new JdbcConnection(connection));
            LiquibaseQueue.join(migrations, () -> liquibase.update());

            assertThat(worker.starts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMigrationWaitsForTheChangeSetThatItRequires(TestDatabase kind) throws Exception {
        TestCatalog catalog = new TestCatalog()
                .with(MigrationEntry.async(FIRST, "test.M", By.TRANSACTION, "f").requiringSchema("2-names"), () ->
                        (DataMigration) run -> ran.add(FIRST));
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = registry(fresh, catalog)) {
            LiquibaseQueue.join(migrations, () -> update(fresh, CUSTOMERS));
            worker.untilIdle();
            assertThat(migrations.status().of(FIRST).waitsFor())
                    .isEqualTo("waits for version 2-names of the schema (DATABASECHANGELOG has 1-customers)");
            update(fresh, CUSTOMERS, NAMES);
            worker.untilIdle();
            assertThat(ran).containsExactly(FIRST);
        }
    }

    @Test
    void withoutTheRegistryItSaysHowToRunLiquibase() {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            assertThatThrownBy(() -> update(fresh, REGISTER.formatted("20261121_093000")))
                    .hasStackTraceContaining("run Liquibase within LiquibaseQueue.join(registry, …)");
        }
    }

    @Test
    void aVersionThatTheBuildDoesNotHaveIsRefusedAndNothingIsDispatched() {
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher migrations = registry(fresh, catalog())) {
            assertThatThrownBy(() ->
                            LiquibaseQueue.join(migrations, () -> update(fresh, REGISTER.formatted("20261121_093001"))))
                    .hasStackTraceContaining("migration 20261121_093001 is not in this build");
            assertThat(worker.starts()).isZero();
        }
    }

    @Test
    void aVersionThatIsNoneIsRefusedBeforeAnythingRuns() {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            assertThatThrownBy(() -> update(fresh, CUSTOMERS, REGISTER.formatted("BackfillEmail")))
                    .hasStackTraceContaining("must be the version of a migration, such as 20261121_093000");
            assertThat(history(fresh)).isEmpty();
        }
    }

    private TestCatalog catalog() {
        return new TestCatalog().data(FIRST, run -> ran.add(FIRST));
    }

    private Dispatcher registry(Fresh fresh, TestCatalog catalog) {
        return catalog.on(fresh.dataSource()).worker(worker).build();
    }

    private void update(Fresh fresh, String... changeSets) throws Exception {
        write(changeSets);
        try (Connection connection = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password())) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Scope.child(
                    Map.of(Scope.Attr.resourceAccessor.name(), new DirectoryResourceAccessor(scripts)),
                    () -> new CommandScope("update")
                            .addArgumentValue("database", database)
                            .addArgumentValue("changelogFile", "changes.xml")
                            .execute());
        }
    }

    private void write(String... changeSets) throws IOException {
        Files.writeString(scripts.resolve("changes.xml"), """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                        http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                """ + String.join("", changeSets) + "</databaseChangeLog>");
    }

    private static int rows(Fresh fresh) {
        return fresh.dsl().fetchCount(table(name("async_schema_migrations")));
    }

    private static List<String> history(Fresh fresh) {
        return fresh.dsl()
                .select(field(unquotedName("ID"), String.class))
                .from(table(unquotedName("DATABASECHANGELOG")))
                .orderBy(field(unquotedName("ORDEREXECUTED")))
                .fetch(0, String.class);
    }
}
