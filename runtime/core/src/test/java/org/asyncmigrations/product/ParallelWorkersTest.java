package org.asyncmigrations.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import org.asyncmigrations.TestDatabase;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A transaction that spares the server may be allowed parallel workers, but not more than the server's owner allows. */
class ParallelWorkersTest {
    @ParameterizedTest
    @CsvSource({"4, 1, 1", "4, 7, 4", "0, 1, 0"})
    void asManyAreAllowedAsTheSessionHasOtherwise(String otherwise, int most, String allowed) throws Exception {
        try (var fresh = TestDatabase.POSTGRES.fresh();
                Connection connection = DriverManager.getConnection(
                        fresh.url() + (fresh.url().contains("?") ? "&" : "?")
                                + "options=-c%20max_parallel_workers_per_gather=" + otherwise,
                        fresh.user(),
                        fresh.password())) {
            connection.setAutoCommit(false);
            DSL.using(connection).execute("set local max_parallel_workers_per_gather = 0");
            Products.of(connection, false).allowParallelWorkers(connection, most);
            assertThat(DSL.using(connection).fetchValue("show max_parallel_workers_per_gather"))
                    .isEqualTo(allowed);
            connection.rollback();
            assertThat(DSL.using(connection).fetchValue("show max_parallel_workers_per_gather"))
                    .isEqualTo(otherwise);
        }
    }
}
