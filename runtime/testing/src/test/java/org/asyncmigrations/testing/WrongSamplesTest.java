package org.asyncmigrations.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.asyncmigrations.By;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong is caught by its effect, and what the user's own code or rows throw is shown as that. */
class WrongSamplesTest {
    private static MigrationTests tests(SampleDatabase database, SampleRegistry registry) throws Exception {
        return MigrationTests.of(registry::builder).on(database.fresh()).given(Shop::fill);
    }

    private static Throwable failure(SampleDatabase database, SampleRegistry registry, String test) throws Exception {
        return Results.of(tests(database, registry), name -> name.endsWith(test))
                .thrown(test);
    }

    private static final String LEFT_OUT = "pending() forgets no row";

    @ParameterizedTest
    @EnumSource
    void aPendingThatSaysTheOpposite(SampleDatabase database) throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.PENDING_ROWS, WrongSamples.SaysTheOpposite::new);

        assertThat(failure(database, registry, "a run finishes"))
                .hasMessageContaining("customers (id = 1): fax from '01' to NULL")
                .hasMessageContaining("pending() is the opposite of what it should be");
    }

    @ParameterizedTest
    @EnumSource
    void aPendingThatForgetsAPart(SampleDatabase database) throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.PENDING_ROWS, WrongSamples.ForgetsAPart::new);
        MigrationTests tests = tests(database, registry)
                .given(dsl -> dsl.update(Shop.CUSTOMERS)
                        .set(Shop.FIRST, "ann3 lee3")
                        .where(Shop.ID.eq(3L))
                        .execute());

        assertThat(Results.of(tests, name -> name.endsWith(LEFT_OUT)).thrown(LEFT_OUT))
                .hasMessageContaining("customers (id = 3): last_name from NULL to 'family'")
                .hasMessageContaining("pending() misses part")
                .hasMessageContaining("mayLeaveRowsOut(1L)");
    }

    @ParameterizedTest
    @EnumSource
    void aPendingThatForgetsNull(SampleDatabase database) throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.PENDING_ROWS, WrongSamples.ForgetsNull::new);

        assertThat(failure(database, registry, LEFT_OUT))
                .hasMessageContaining("customers (id = 6): note from NULL to 'x'")
                .hasMessageContaining("pending() forgets NULL")
                .hasMessageContaining("use isDistinctFrom");
    }

    @Test
    void oneThatChangesRowsOutsideOfItsBatch() throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.PENDING_ROWS, WrongSamples.ChangesOthers::new);

        assertThat(failure(SampleDatabase.H2, registry, "the batch size doesn't matter"))
                .hasMessageContaining("ChangesOthers.migrate() runs beyond its batch");
    }

    @Test
    void aConstructorThatThrowsIsNamedFirst() throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.DECLARATION, WrongSamples.ThrowsInItsConstructor::new);

        Throwable failure = failure(SampleDatabase.H2, registry, "a run finishes");

        assertThat(failure)
                .hasMessageStartingWith("the constructor of migration 1 (M1) failed:")
                .hasMessageContaining("no service of languages")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failure.getStackTrace()[0].getClassName())
                .isEqualTo(WrongSamples.ThrowsInItsConstructor.class.getName());
    }

    @ParameterizedTest
    @EnumSource
    void aNullPointerOfTheUsersLambdaIsNamedFirst(SampleDatabase database) throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.PENDING_ROWS, WrongSamples.MeetsNull::new);

        Throwable failure = failure(database, registry, "a run finishes");

        assertThat(failure)
                .hasMessageStartingWith("migration 1 (M1) failed: java.lang.NullPointerException")
                .hasCauseInstanceOf(NullPointerException.class);
        assertThat(failure.getStackTrace()[0].getClassName()).isEqualTo(WrongSamples.MeetsNull.class.getName());
    }

    @ParameterizedTest
    @EnumSource
    void aMissingTableIsNamed(SampleDatabase database) throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.DECLARATION, WrongSamples.NeedsAnotherTable::new);

        assertThat(failure(database, registry, "a run finishes"))
                .hasMessageStartingWith("migration 1 (M1) failed, since a table is missing")
                .hasMessageContaining("visits")
                .hasMessageContaining("script(…)")
                .hasCauseInstanceOf(DataAccessException.class);
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatViolateAForeignKeyAreTheUsers(SampleDatabase database) throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.DECLARATION, RightDataSamples.RenamesSetting::new);
        MigrationTests tests = tests(database, registry)
                .given(dsl -> dsl.insertInto(Shop.ADDRESSES, Shop.ADDRESS_OF, Shop.ADDRESS_STREET)
                        .values(77L, "Nowhere")
                        .execute());

        assertThatThrownBy(tests::tests)
                .hasMessageStartingWith("call 2 of script(…) or given(…) failed, since a foreign key is violated")
                .hasCauseInstanceOf(DataAccessException.class);
    }

    @Test
    void aServiceThatIsNotThereIsTheUsers() throws Exception {
        MigrationTests tests = MigrationTests.of(dataSource -> {
                    throw new IllegalArgumentException("no languages");
                })
                .on(SampleDatabase.H2.fresh());

        assertThatThrownBy(tests::tests)
                .hasMessageStartingWith("the function given to MigrationTests.of(…)")
                .hasMessageContaining("no languages")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }
}
