package org.asyncmigrations.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncmigrations.By;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is as it should be passes all tests, on each database. */
class GoodSamplesTest {
    private static SampleRegistry all() {
        return SampleRegistry.of(By.PENDING_ROWS, GoodSamples.LowerNames::new)
                .and(By.PENDING_ROWS, GoodSamples.Tokens::new)
                .and(By.TRANSACTION, GoodSamples.AddInBatches::new)
                .and(By.TRANSACTION, GoodSamples.AddInterest::new)
                .and(By.GUARD, GoodSamples.OpeningEntries::new)
                .and(By.DECLARATION, GoodSamples.SetPlaces::new);
    }

    @ParameterizedTest
    @EnumSource
    void migrationsOfEachMarkerPass(SampleDatabase database) throws Exception {
        Results results = Results.of(
                MigrationTests.of(all()::builder).on(database.fresh()).given(Accounts::fill));

        results.allPass();
        assertThat(results.names())
                .contains(
                        "migration 1 (M1) / M1: a run finishes",
                        "migration 1 (M1) / M1: the time doesn't matter",
                        "migration 1 (M1) / M1: a second run changes nothing",
                        "migration 1 (M1) / M1: the batch size doesn't matter",
                        "migration 1 (M1) / M1: the order of batches doesn't matter",
                        "migration 1 (M1) / M1: pending() forgets no row",
                        "migration 1 (M1) / M1: two nodes don't disturb each other",
                        "migration 1 (M1) / M1: concurrent writes are kept",
                        "migration 5 (M5) / M5: isDone() checks for all that migrate() does",
                        "migration 6 (M6) / M6: crash after the last commit")
                .doesNotContain("migration 6 (M6) / M6: the batch size doesn't matter");
    }

    @ParameterizedTest
    @EnumSource
    void oneInAutoCommitPasses(SampleDatabase database) throws Exception {
        SampleRegistry registry =
                SampleRegistry.of(By.GUARD, GoodSamples.TwoSteps::new).withoutTransaction();

        Results.of(MigrationTests.of(registry::builder).on(database.fresh()).given(Accounts::fill))
                .allPass();
    }

    @ParameterizedTest
    @EnumSource
    void theApplicationMayWriteMeanwhile(SampleDatabase database) throws Exception {
        SampleRegistry registry = SampleRegistry.of(By.PENDING_ROWS, GoodSamples.LowerNames::new)
                .and(By.TRANSACTION, GoodSamples.AddInterest::new);
        MigrationTests tests = MigrationTests.of(registry::builder)
                .on(database.fresh())
                .given(Accounts::fill)
                .whileWriting(dsl -> dsl.update(Accounts.ACCOUNTS)
                        .set(Accounts.NAME, "Other")
                        .where(Accounts.ID.eq(6L))
                        .execute());

        // The other test crashes the same migrations.
        Results.of(tests, name -> !name.contains("crash")).allPass();
    }
}
