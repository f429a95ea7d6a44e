package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A slip in the name of a column that is to go is found before anything is done. */
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
        MigrationEntry entry = MigrationEntry.afterRelease(1, "test.M1", By.DECLARATION, "f1")
                .withoutTransaction()
                .changingSchema();
        DataMigration drop = run -> run.dsl().execute(quoted(fresh, DROP));
        return TroubleBench.run(
                fresh.dataSource(),
                new TestCatalog().with(entry, () -> drop).takingAway(Customers.CUSTOMERS, column),
                builder -> settings.apply(builder.mode(Mode.AFTER)));
    }

    /** H2 writes names in capitals unless they are quoted. */
    private static String quoted(Fresh fresh, String sql) {
        return fresh.dsl().family() == org.jooq.SQLDialect.H2
                ? sql.replace("customers", "\"customers\"").replace("email_lower", "\"email_lower\"")
                : sql;
    }
}
