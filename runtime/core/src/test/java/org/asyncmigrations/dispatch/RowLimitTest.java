package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestMySql;
import org.asyncmigrations.TestSource;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever limits the number of rows in an application's queries, a migration skips no row. */
class RowLimitTest {
    private static final int ROWS = 3_000;

    /** Row by row; all rows or the pending ones. */
    private static final class Count extends Customers.LowerEmails {
        private final boolean all;

        Count(boolean all) {
            this.all = all;
        }

        @Override
        public Condition pending() {
            return all ? DSL.noCondition() : CHANGES.eq(0);
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(CUSTOMERS, row -> row.set(CHANGES, row.get("changes", Integer.class) + 1));
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(true, false).map(all -> Arguments.of(database, all)));
    }

    /** A pool that sets a limit on each statement that it creates. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aPoolsLimitIsTakenOffOurStatements(TestDatabase database, boolean all) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            TestSource limited = () -> new Limited(fresh.dataSource().getConnection(), false);
            Seen seen = TroubleBench.run(limited, new TestCatalog().batch(1, new Count(all)), b -> b.threads(1));
            assertThat(seen.outcome()).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.ne(1))).isZero();
        }
    }

    /** One that keeps its limit, like a proxy in front of the server. */
    @ParameterizedTest
    @MethodSource("kinds")
    void whatHidesRowsFromABatchFailsIt(TestDatabase database, boolean all) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            TestSource limited = () -> new Limited(fresh.dataSource().getConnection(), true);
            BatchMigration migration = new Count(all);
            Seen seen = TroubleBench.run(
                    limited,
                    new TestCatalog().batch(1, migration),
                    b -> b.threads(1).maxAttempts(5));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("was only partly read: 100 rows", "setMaxRows", "key 301");
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.ne(0))).isZero();
        }
    }

    @Test
    void theLimitOfMySqlsDriverIsTakenOffToo() throws Exception {
        Assumptions.assumeTrue(TestMySql.isGiven());
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            String url = fresh.url() + (fresh.url().contains("?") ? "&" : "?");
            for (String limits : new String[] {"maxRows=100", "useCursorFetch=true&defaultFetchSize=7&maxRows=50"}) {
                fresh.dsl().update(CUSTOMERS).set(CHANGES, 0).execute();
                TestCatalog catalog = new TestCatalog().batch(limits.length(), new Count(true));
                Seen seen = TroubleBench.run(
                        TestMySql.plain(url + limits, fresh.user(), fresh.password()), catalog, b -> b.threads(1));
                assertThat(seen.of(limits.length()).error()).isNull();
                assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.ne(1))).isZero();
            }
        }
    }

    private static final class Limited extends DefaultConnection {
        private final boolean holdsOn;

        Limited(Connection delegate, boolean holdsOn) {
            super(delegate);
            this.holdsOn = holdsOn;
        }

        private <S extends Statement> S limited(S statement) throws SQLException {
            statement.setMaxRows(100);
            return statement;
        }

        private PreparedStatement prepared(PreparedStatement statement) throws SQLException {
            PreparedStatement limited = limited(statement);
            return !holdsOn
                    ? limited
                    : new DefaultPreparedStatement(limited, this) {
                        @Override
                        public void setMaxRows(int max) {
                            // The limit stays as it is.
                        }
                    };
        }

        @Override
        public Statement createStatement() throws SQLException {
            return limited(super.createStatement());
        }

        @Override
        public PreparedStatement prepareStatement(String sql) throws SQLException {
            return prepared(super.prepareStatement(sql));
        }

        @Override
        public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
            return prepared(super.prepareStatement(sql, type, concurrency));
        }
    }
}
