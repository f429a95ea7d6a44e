package org.asyncmigrations.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.session.Connections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Times are in UTC, whatever the session's zone is: here one with daylight saving. */
class ClockTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void timesAreInUtcInASessionOfAnotherZone(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh();
                var connection =
                        DriverManager.getConnection(elsewhere(database, fresh), fresh.user(), fresh.password())) {
            var dataSource = new org.jooq.tools.jdbc.SingleConnectionDataSource(connection);
            StateStore store = new StateStore(
                    Connections.of(dataSource), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
            StateSchema.install(store.connections(), store.tables());
            store.transaction(tx -> {
                MigrationRows.register(tx, List.of(MigrationEntry.async(1, "a.One", By.TRANSACTION, "f")), "b");
                return null;
            });
            SchemaMigrations<?> t = store.tables().migrations();
            LocalDateTime created = fresh.dsl().select(t.CREATED_AT).from(t).fetchOne(t.CREATED_AT);
            assertThat(created).isCloseTo(LocalDateTime.now(ZoneOffset.UTC), within());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void theClockGoesOnWithinATransaction(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            StateStore store = new StateStore(
                    Connections.of(fresh.dataSource()), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
            boolean goesOn = store.transaction(tx -> {
                LocalDateTime first = tx.dsl().select(tx.now()).fetchOne().value1();
                LocalDateTime second = tx.dsl().select(tx.now()).fetchOne().value1();
                return second.isAfter(first);
            });
            assertThat(goesOn).isTrue();
        }
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return org.assertj.core.api.Assertions.within(1, ChronoUnit.MINUTES);
    }

    private static String elsewhere(TestDatabase database, TestDatabase.Fresh fresh) {
        return switch (database) {
            case H2 -> fresh.url() + ";TIME ZONE=America/New_York";
            case POSTGRES -> fresh.url() + "?options=-c%20TimeZone=America/New_York";
            case MARIADB -> fresh.url() + "?sessionVariables=time_zone='-05:00'";
        };
    }
}
