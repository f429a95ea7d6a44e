package org.asyncmigrations.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL's settings in a transaction that spares the server. They end with the transaction. */
class SparedServerTest {
    /** Not more parallel workers than the server's owner allows. */
    @ParameterizedTest
    @CsvSource({"4, 1, 1", "4, 7, 4", "0, 1, 0"})
    void asManyAreAllowedAsTheSessionHasOtherwise(String otherwise, int most, String allowed) throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh();
                Connection connection = with(fresh, "max_parallel_workers_per_gather", otherwise)) {
            connection.setAutoCommit(false);
            DSL.using(connection).execute("set local max_parallel_workers_per_gather = 0");
            Products.of(connection, false).allowParallelWorkers(connection, most);
            assertThat(show(connection, "max_parallel_workers_per_gather")).isEqualTo(allowed);
            connection.rollback();
            assertThat(show(connection, "max_parallel_workers_per_gather")).isEqualTo(otherwise);
        }
    }

    /** What it writes goes to the disk soon, unless the server's owner has set another size. */
    @ParameterizedTest
    @CsvSource({"0, 512kB", "2MB, 2MB", "64kB, 64kB"})
    void whatItWritesGoesToTheDiskSoon(String otherwise, String within) throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh();
                Connection connection = with(fresh, "backend_flush_after", otherwise)) {
            connection.setAutoCommit(false);
            Products.of(connection, false).begin(connection, Limits.WALK);
            assertThat(show(connection, "backend_flush_after")).isEqualTo(within);
            connection.rollback();
            assertThat(show(connection, "backend_flush_after")).isEqualTo(otherwise);
        }
    }

    private static Connection with(Fresh fresh, String setting, String value) throws SQLException {
        return DriverManager.getConnection(
                fresh.url() + (fresh.url().contains("?") ? "&" : "?") + "options=-c%20" + setting + "=" + value,
                fresh.user(),
                fresh.password());
    }

    private static Object show(Connection connection, String setting) {
        return DSL.using(connection).fetchValue("show " + setting);
    }
}
