package org.asyncmigrations.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The quote equals the one in the driver's metadata, which known drivers aren't asked for. */
class DriverSqlTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theQuoteIsWhatTheMetadataSay(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh();
                Connection connection = fresh.dataSource().getConnection()) {
            assertThat(DriverSql.of(connection).quote()).isEqualTo(quoteOf(connection));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aKnownDriverIsNotAskedForItsMetadata(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh();
                Connection connection = fresh.dataSource().getConnection();
                Connection pooled = new DefaultConnection(connection) {
                    @Override
                    public DatabaseMetaData getMetaData() {
                        throw new AssertionError("to load the metadata takes longer than to read the state");
                    }
                }) {
            assertThat(DriverSql.of(pooled).quote()).isEqualTo(quoteOf(connection));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatDoesNotOpenUpIsAsked(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh();
                Connection connection = fresh.dataSource().getConnection();
                Connection shut = new DefaultConnection(connection) {
                    @Override
                    public <T> T unwrap(Class<T> iface) throws SQLException {
                        throw new SQLException("wraps nothing");
                    }
                }) {
            assertThat(DriverSql.of(shut).quote()).isEqualTo(quoteOf(connection));
        }
    }

    private static String quoteOf(Connection connection) throws SQLException {
        return connection.getMetaData().getIdentifierQuoteString();
    }
}
