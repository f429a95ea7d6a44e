package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A misspelled column to retire is found before anything is done. */
class RetiredColumnsTest {
    private static final String DROP = "alter table customers drop column email_lower";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aColumnThatIsThereGoes(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = run(fresh, "emailLower", UnaryOperator.identity());
            assertThat(seen.of(1).error()).isNull();
            assertThat(seen.of(1).state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneThatIsNotThereIsSaidBeforeAnythingIsDone(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = run(fresh, "email_lowr", UnaryOperator.identity());
            assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
            assertThat(seen.error(1))
                    .contains("[RetiredColumnNamed]", "email_lowr of table customers", "correct the name");
            assertThat(fresh.dsl()
                            .select(Customers.EMAIL_LOWER)
                            .from(Customers.CUSTOMERS)
                            .fetch())
                    .hasSize(10);
        }
    }

    /** Loses the connection at the first statement on the customers. */
    private static final class CutOnce extends StatementCounter {
        private final AtomicBoolean cut = new AtomicBoolean();

        CutOnce(DataSource delegate) {
            super(delegate);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return new DefaultConnection(super.getConnection()) {
                @Override
                public PreparedStatement prepareStatement(String sql) throws SQLException {
                    if (sql.contains("customers") && cut.compareAndSet(false, true)) {
                        super.close();
                        throw new SQLNonTransientConnectionException("the connection was cut", "08006");
                    }
                    return super.prepareStatement(sql);
                }
            };
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aLookThatIsCutOffIsMadeAgainAndUsesNoAttempt(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            CutOnce cutting = new CutOnce(fresh.dataSource());
            Seen seen = run(fresh, cutting, "email_lowr", UnaryOperator.identity());
            assertThat(cutting.cut).isTrue();
            assertThat(seen.error(1)).contains("[RetiredColumnNamed]");
            assertThat(fresh.dsl().fetchCount(Customers.CUSTOMERS)).isEqualTo(10);
        }
    }

    @Test
    void aDatabaseThatWasCreatedWithoutItIsToldToBeNew() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = run(fresh, "email_lowr", RegistryBuilder::assumeNewDatabase);
            assertThat(seen.of(1).state()).isEqualTo(State.DONE);
        }
    }

    private static Seen run(Fresh fresh, String column, UnaryOperator<RegistryBuilder<Dispatcher>> settings)
            throws Exception {
        return run(fresh, fresh.dataSource(), column, settings);
    }

    private static Seen run(
            Fresh fresh, DataSource source, String column, UnaryOperator<RegistryBuilder<Dispatcher>> settings)
            throws Exception {
        MigrationEntry entry = MigrationEntry.afterRelease(1, "test.M1", By.DECLARATION, "f1")
                .withoutTransaction()
                .changingSchema();
        DataMigration drop = run -> run.dsl().execute(quoted(fresh, DROP));
        return TroubleBench.run(
                source,
                new TestCatalog().with(entry, () -> drop).takingAway(Customers.CUSTOMERS, column),
                builder -> settings.apply(builder.mode(Mode.AFTER)));
    }

    /** H2 uses upper-case names unless they are quoted. */
    private static String quoted(Fresh fresh, String sql) {
        return fresh.dsl().family() == org.jooq.SQLDialect.H2
                ? sql.replace("customers", "\"customers\"").replace("email_lower", "\"email_lower\"")
                : sql;
    }
}
