package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.StateStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A migration that is registered in the caller's transaction. */
class RegistrationTest {
    private static final MigrationEntry ENTRY = MigrationEntry.async(1, "a.One", By.TRANSACTION, "f");

    @ParameterizedTest
    @EnumSource
    void itGoesWithTheTransactionThatItIsIn(TestDatabase kind) throws SQLException {
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = new TestCatalog()
                        .data(1, run -> {})
                        .data(2, run -> {})
                        .on(fresh.dataSource())
                        .build();
                Connection others = open(fresh)) {
            assertThat(migrations.migration(1).register(others)).isTrue();
            others.commit();
            assertThat(migrations.migration(2).register(others)).isTrue();
            others.rollback();
            assertThat(fresh.dsl().fetchCount(table(name("async_schema_migrations"))))
                    .isEqualTo(1);
            assertThat(fresh.dsl().fetchCount(table(name("async_migration_events"))))
                    .isEqualTo(1);
            assertThat(migrations.migration(1).register(others)).isFalse();
            assertThat(migrations.migration(1).state()).isEqualTo(State.CREATED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsFasterEndsNobodysTransaction(TestDatabase kind) throws SQLException {
        try (Fresh fresh = kind.fresh();
                Dispatcher migrations = new TestCatalog()
                        .data(1, run -> {})
                        .data(2, run -> {})
                        .on(fresh.dataSource())
                        .build();
                Connection others = open(fresh)) {
            migrations.migration(1).register(others);
            others.commit();
            StateStore store = new StateStore(
                    Connections.of(fresh.dataSource()), TestTables::all, "test", event -> {}, () -> Duration.ZERO);
            // As if somebody had inserted the row right after the check.
            assertThat(MigrationRows.registerOne(store.within(others), ENTRY, "build"))
                    .isFalse();
            assertThat(migrations.migration(2).register(others)).isTrue();
            others.commit();
            assertThat(fresh.dsl().fetchCount(table(name("async_schema_migrations"))))
                    .isEqualTo(2);
        }
    }

    private static Connection open(Fresh fresh) throws SQLException {
        Connection connection = DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password());
        connection.setAutoCommit(false);
        return connection;
    }
}
