package org.asyncmigrations.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.ManualWorker;
import org.asyncmigrations.dispatch.TestCatalog;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flyway itself, on each database. */
class FlywayQueueTest {
    private static final long FIRST = 20261121_093000L;
    private static final long LATER = 20261122_090000L;

    @TempDir
    private Path scripts;

    private final ManualWorker worker = new ManualWorker();
    private final List<Long> ran = new ArrayList<>();

    @BeforeEach
    void writeScripts() throws IOException {
        script("V1__customers.sql", "create table customers (id int primary key)");
    }

    @ParameterizedTest
    @EnumSource
    void theVersionsAreInFlywaysHistoryAndRegistered(TestDatabase kind) {
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = registry(fresh, catalog())) {
            Flyway flyway = FlywayQueue.register(flyway(fresh), migrations).load();
            assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
            assertThat(history(fresh))
                    .containsExactly(
                            "1 SQL customers",
                            "20261121093000 JDBC async M20261121093000",
                            "20261122090000 JDBC async M20261122090000");
            assertThat(migrations.status().migrations())
                    .extracting(MigrationStatus::state)
                    .containsExactly(State.CREATED, State.CREATED);
            assertThat(rows(fresh)).isEqualTo(2);
            assertThat(worker.starts()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theWorkFollowsTheMigrationOfTheSchema(TestDatabase kind) {
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = registry(fresh, catalog())) {
            FlywayQueue.join(flyway(fresh), migrations).load().migrate();
            assertThat(worker.starts()).isEqualTo(1);
            assertThat(ran).isEmpty();
            worker.untilIdle();
            assertThat(ran).containsExactly(FIRST);
            assertThat(migrations.migration(FIRST).state()).isEqualTo(State.DONE);
            assertThat(migrations.migration(LATER).state()).isEqualTo(State.CREATED);
        }
    }

    @Test
    void asTheReadmeSaysIt() {
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher migrations = registry(fresh, catalog())) {
            DataSource dataSource = fresh.dataSource();
            FlywayQueue.join(Flyway.configure().dataSource(dataSource), migrations)
                    .load()
                    .migrate();

            assertThat(worker.starts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondMigrateRegistersNothingAndDispatchesAgain(TestDatabase kind) {
        try (Fresh fresh = kind.fresh()) {
            try (Dispatcher migrations = registry(fresh, catalog())) {
                FlywayQueue.join(flyway(fresh), migrations).load().migrate();
                worker.untilIdle();
            }
            try (Dispatcher migrations = registry(
                    fresh,
                    new TestCatalog()
                            .with(entry(FIRST, "new code"), () -> null)
                            .afterRelease(LATER, run -> ran.add(LATER)))) {
                Flyway flyway = FlywayQueue.join(flyway(fresh), migrations).load();
                assertThat(flyway.migrate().migrationsExecuted).isZero();
                assertThat(migrations.migration(FIRST).state()).isEqualTo(State.DONE);
                assertThat(history(fresh)).hasSize(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRegisteredAlreadyStaysAsItIs(TestDatabase kind) {
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = registry(fresh, catalog())) {
            flyway(fresh).load().migrate();
            migrations.dispatch();
            worker.untilIdle();
            assertThat(FlywayQueue.join(flyway(fresh), migrations).load().migrate().migrationsExecuted)
                    .isEqualTo(2);
            assertThat(migrations.migration(FIRST).state()).isEqualTo(State.DONE);
            assertThat(ran).containsExactly(FIRST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMigrationWaitsForTheVersionOfTheSchemaThatItRequires(TestDatabase kind) throws IOException {
        TestCatalog catalog = new TestCatalog()
                .with(entry(FIRST, "f").requiringSchema("1.1"), () -> (DataMigration) run -> ran.add(FIRST))
                .data(LATER, run -> ran.add(LATER));
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = registry(fresh, catalog)) {
            flyway(fresh).load().migrate();
            migrations.dispatch();
            worker.untilIdle();
            assertThat(waitsFor(migrations))
                    .isEqualTo("waits for version 1.1 of the schema (flyway_schema_history has 1)");
            assertThat(ran).isEmpty();
            script("V1_1__names.sql", "alter table customers add column name varchar(9)");
            flyway(fresh).load().migrate();
            worker.untilIdle();
            assertThat(ran).containsExactly(FIRST, LATER);
            assertThat(waitsFor(migrations)).isNull();
        }
    }

    @Test
    void aRolledBackGroupRegistersNothing() throws IOException {
        script("V20261123000000__broken.sql", "select nonsense");
        try (Fresh fresh = TestDatabase.POSTGRES.fresh();
                Dispatcher migrations = registry(fresh, catalog())) {
            Flyway flyway =
                    FlywayQueue.join(flyway(fresh).group(true), migrations).load();
            assertThatThrownBy(flyway::migrate).isInstanceOf(FlywayException.class);
            assertThat(rows(fresh)).isZero();
            assertThat(worker.starts()).isZero();
        }
    }

    @Test
    void whatHasBeenRetiredStaysInFlywaysQueueAndIsSkippedInANewDatabase() {
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher migrations = catalog()
                        .retired(20260101_000000L)
                        .on(fresh.dataSource())
                        .worker(worker)
                        .assumeNewDatabase()
                        .build()) {
            FlywayQueue.join(flyway(fresh), migrations).load().migrate();
            assertThat(history(fresh)).contains("20260101000000 JDBC async M20260101000000");
            worker.untilIdle();
            assertThat(migrations.migration(20260101_000000L).state()).isEqualTo(State.DONE);
            assertThat(ran).containsExactly(FIRST);
        }
    }

    private TestCatalog catalog() {
        return new TestCatalog().data(FIRST, run -> ran.add(FIRST)).afterRelease(LATER, run -> ran.add(LATER));
    }

    private static MigrationEntry entry(long version, String fingerprint) {
        return MigrationEntry.async(version, "test.M" + version, By.TRANSACTION, fingerprint);
    }

    private Dispatcher registry(Fresh fresh, TestCatalog catalog) {
        return catalog.on(fresh.dataSource()).worker(worker).build();
    }

    private FluentConfiguration flyway(Fresh fresh) {
        return Flyway.configure().dataSource(fresh.dataSource()).locations("filesystem:" + scripts);
    }

    private void script(String name, String sql) throws IOException {
        Files.writeString(scripts.resolve(name), sql + ";\n");
    }

    private static String waitsFor(Dispatcher migrations) {
        return migrations.status().of(FIRST).waitsFor();
    }

    private static int rows(Fresh fresh) {
        return fresh.dsl().fetchCount(table(name("async_schema_migrations")));
    }

    private static List<String> history(Fresh fresh) {
        return fresh.dsl()
                .select(field(name("version")), field(name("type")), field(name("description")))
                .from(table(name("flyway_schema_history")))
                .where(field(name("version")).isNotNull())
                .orderBy(field(name("installed_rank")))
                .fetch(row -> row.value1() + " " + row.value2() + " " + row.value3());
    }
}
