package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.noCondition;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.conf.ExecuteWithoutWhere;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last batch of a table has no upper bound: no comparison of keys decides which rows are the last. */
class TailTest {
    @ParameterizedTest
    @EnumSource
    void whatComesBehindTheLastKeyIsInTheLastBatch(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            assertIsChangedOnce(fresh, fresh.dataSource(), () -> {});
        }
    }

    @ParameterizedTest
    @EnumSource
    void andIsNotChangedAgainWhereNobodyKnowsWhetherThatWasCommitted(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            AtomicBoolean loses = new AtomicBoolean();
            assertIsChangedOnce(fresh, new LosingConnections(fresh.dataSource(), loses), () -> loses.set(true));
            assertThat(loses).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableOfOneBatchIsNotChangedWithoutACondition(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            DefaultConfiguration strict = new DefaultConfiguration();
            strict.set(fresh.dataSource()).set(database.dialect());
            strict.settings().setExecuteUpdateWithoutWhere(ExecuteWithoutWhere.THROW);
            TestCatalog catalog = catalog(new CountChanges());
            try (Dispatcher registry = RegistryBuilder.of(strict, catalog).build()) {
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.ne(1))).isZero();
        }
    }

    private static void assertIsChangedOnce(Fresh fresh, DataSource dataSource, Runnable meanwhile) throws Exception {
        CountChanges growing = new CountChanges() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                // Only once: a second batch would fail on its key.
                insertBehind(fresh.dsl());
                meanwhile.run();
                return super.migrate(batch);
            }
        };
        assertThat(TroubleBench.run(dataSource, catalog(growing)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(fresh.dsl().fetchCount(CUSTOMERS)).isEqualTo(11);
        assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.ne(1))).isZero();
    }

    private static void insertBehind(DSLContext dsl) {
        dsl.insertInto(CUSTOMERS, ID, EMAIL, CHANGES)
                .values(1_000_000L, "New@Example.ORG", 0)
                .execute();
    }

    private static TestCatalog catalog(CountChanges migration) {
        return new TestCatalog().with(MigrationEntry.async(1, "test.M1", By.TRANSACTION, "f1"), () -> migration);
    }

    /** Changes all rows, so that a second change of a row is visible. */
    private static class CountChanges extends Customers.LowerEmails {
        @Override
        public Condition pending() {
            return noCondition();
        }
    }

    /** Commits, and then loses the connection, when it is told to. */
    private static final class LosingConnections extends StatementCounter {
        private final AtomicBoolean loses;

        LosingConnections(DataSource delegate, AtomicBoolean loses) {
            super(delegate);
            this.loses = loses;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return new DefaultConnection(super.getConnection()) {
                @Override
                public void commit() throws SQLException {
                    super.commit();
                    if (loses.compareAndSet(true, false)) {
                        throw new SQLTransientConnectionException("the server is being restarted", "08006");
                    }
                }
            };
        }
    }
}
