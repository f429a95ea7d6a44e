package org.asyncmigrations.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of what is wrong is caught, by the test that says it best, with what was seen and what to change. */
class BadSamplesTest {
    private static Results results(
            SampleRegistry registry, DataSource database, UnaryOperator<MigrationTests> settings) {
        return Results.of(
                settings.apply(MigrationTests.of(registry::builder).on(database).given(Accounts::fill)));
    }

    private static Results onH2(SampleRegistry registry) throws Exception {
        return results(registry, SampleDatabase.H2.fresh(), UnaryOperator.identity());
    }

    private static String onH2(SampleRegistry registry, String test) throws Exception {
        return failure(registry, SampleDatabase.H2.fresh(), UnaryOperator.identity(), test);
    }

    /** What the test says; of the others, those alone run that it needs. */
    private static String failure(
            SampleRegistry registry, DataSource database, UnaryOperator<MigrationTests> settings, String test) {
        MigrationTests tests =
                settings.apply(MigrationTests.of(registry::builder).on(database).given(Accounts::fill));
        return Results.of(tests, name -> name.contains(": " + test)).failure(test);
    }

    private static void says(String failure, String... parts) {
        assertThat(failure).contains(parts);
    }

    @Test
    void oneThatAddsInsteadOfSetting() throws Exception {
        says(
                onH2(SampleRegistry.of(By.DECLARATION, BadSamples.Adds::new), "a second run changes nothing"),
                "accounts (id = 3): balance is '120' after a second run, and '110' after the normal run",
                "let migrate() compute values from other columns, and not add");
    }

    @Test
    void aGuardThatNeverSaysYes() throws Exception {
        says(
                onH2(SampleRegistry.of(By.GUARD, BadSamples.GuardNever::new), "a run finishes"),
                "isDone() still returns false after migrate()");
    }

    @Test
    void aGuardThatSaysYesAtOnce() throws Exception {
        says(
                onH2(SampleRegistry.of(By.GUARD, BadSamples.GuardAtOnce::new), "a run finishes"),
                "has changed nothing",
                "isDone() returns true before the attempt");
    }

    @Test
    void aGuardThatSaysYesAtOnceWhereThatMayBe() throws Exception {
        Results results = results(
                SampleRegistry.of(By.GUARD, BadSamples.GuardAtOnce::new),
                SampleDatabase.H2.fresh(),
                tests -> tests.mayChangeNothing(1L));

        says(
                results.failure("isDone() checks for all that migrate() does"),
                "entries (id = 1003) is there when migrate() is called, and not after the normal run",
                "isDone() must check for all that migrate() does");
    }

    @Test
    void aGuardThatSaysYesTooEarly() throws Exception {
        SampleRegistry registry =
                SampleRegistry.of(By.GUARD, BadSamples.GuardTooEarly::new).withoutTransaction();

        says(
                onH2(registry, "crash before"),
                "place is NULL after a crash before statement",
                "let isDone() return true only when everything is done");
    }

    @Test
    void oneWithoutATransactionThatAddsBeforeItMarks() throws Exception {
        SampleRegistry registry =
                SampleRegistry.of(By.GUARD, BadSamples.AddsBeforeItMarks::new).withoutTransaction();

        says(
                onH2(registry, "crash before"),
                "accounts (id = 3): balance is '120' after a crash before statement",
                "let each statement leave out what is done");
    }

    @Test
    void aPendingThatIsTrueForEver() throws Exception {
        says(
                onH2(SampleRegistry.of(By.PENDING_ROWS, BadSamples.PendingForEver::new), "a run finishes"),
                "rows are still pending after migrate(), such as 3; 6; 9",
                "pending() must not match rows that migrate() leaves unchanged");
    }

    @Test
    void aPendingThatForgetsNull() throws Exception {
        says(
                onH2(
                        SampleRegistry.of(By.PENDING_ROWS, BadSamples.PendingForgetsNull::new),
                        "pending() forgets no row"),
                "accounts (id = 12): name_lower from NULL to 'name4'; pending() is NULL for it",
                "pending() forgets NULL",
                "use isDistinctFrom");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatCommitsByItsOwnConnection(SampleDatabase database) throws Exception {
        SampleRegistry registry = new SampleRegistry().withServices(By.TRANSACTION, BadSamples.OwnConnection::new);

        says(
                failure(registry, database.fresh(), UnaryOperator.identity(), "crash before"),
                "accounts (id = 3): balance is '110' after a crash before",
                "and '100' when that was rolled back",
                "it has opened 1 of the data source that its services got",
                "let it write only with run.dsl() or batch.dsl()");
    }

    @Test
    void oneThatHasADataSourceThatTheKitDoesNotKnow() throws Exception {
        DataSource database = SampleDatabase.POSTGRES.fresh();
        SampleRegistry registry =
                SampleRegistry.of(By.PENDING_ROWS, () -> new BadSamples.OwnConnectionInBatches(database));

        says(
                failure(registry, database, UnaryOperator.identity(), "crash before"),
                "accounts (id = 3): name_lower is 'name1' after a crash before",
                "and NULL when that was rolled back",
                "migrate() writes on its own connection,");
    }

    @Test
    void oneThatWaitsForItself() throws Exception {
        SampleRegistry registry = new SampleRegistry().withServices(By.PENDING_ROWS, BadSamples.WaitsForItself::new);

        says(
                failure(
                        registry,
                        SampleDatabase.POSTGRES.fresh(),
                        tests -> tests.within(Duration.ofSeconds(3)),
                        "a run finishes"),
                "did not end within PT3S",
                "waits for its own lock on another connection");
    }

    @Test
    void oneThatDependsOnTheBatchSize() throws Exception {
        says(
                onH2(
                        SampleRegistry.of(By.PENDING_ROWS, BadSamples.DependsOnBatchSize::new),
                        "the batch size doesn't matter"),
                "accounts (id = 6): place is '1' in batches of 1, and '2' after the normal run",
                "depends on the batch size");
    }

    @Test
    void oneThatDependsOnTheOrderOfBatches() throws Exception {
        Results results = onH2(SampleRegistry.of(By.PENDING_ROWS, BadSamples.DependsOnOrder::new));

        says(
                results.failure("the order of batches doesn't matter"),
                "accounts (id = 3): place is '21' with batches from the end, and '1' after the normal run",
                "depends on the order of the batches");
        assertThat(results.failures()).doesNotContainKey("migration 1 (M1) / M1: the batch size doesn't matter");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatDependsOnTheTime(SampleDatabase database) throws Exception {
        Results results = results(
                SampleRegistry.of(By.DECLARATION, BadSamples.DependsOnTime::new),
                database.fresh(),
                UnaryOperator.identity());

        says(
                results.failure("the time doesn't matter"),
                "token is '20",
                "depends on the time",
                ".ignoring(\"accounts.token\")");
        assertThat(results.failures()).hasSize(1);
    }

    @Test
    void oneThatDependsOnTheDate() throws Exception {
        says(
                onH2(SampleRegistry.of(By.DECLARATION, BadSamples.DependsOnDate::new), "the time doesn't matter"),
                "on another day",
                "depends on the date or the time zone");
    }

    @Test
    void oneThatDependsOnChance() throws Exception {
        says(
                onH2(SampleRegistry.of(By.PENDING_ROWS, BadSamples.DependsOnChance::new), "the time doesn't matter"),
                "a random value",
                ".ignoring(\"accounts.token\")");
    }

    @Test
    void aColumnThatIsLeftOutMayBeAnything() throws Exception {
        results(
                        SampleRegistry.of(By.PENDING_ROWS, BadSamples.DependsOnChance::new),
                        SampleDatabase.H2.fresh(),
                        tests -> tests.ignoring("Accounts.Token").mayChangeNothing(1L))
                .allPass();
    }

    @Test
    void oneThatMissesRows() throws Exception {
        says(
                onH2(SampleRegistry.of(By.TRANSACTION, BadSamples.MissesRows::new), "the batch size doesn't matter"),
                "place is '33' in batches of 1, and NULL after the normal run",
                "use all rows of batch.rows()");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatOverwritesWhatTheApplicationWrites(SampleDatabase database) throws Exception {
        Results results = results(
                SampleRegistry.of(By.TRANSACTION, BadSamples.LosesPayments::new),
                database.fresh(),
                tests -> tests.whileWriting(dsl -> dsl.update(Accounts.ACCOUNTS)
                        .set(Accounts.BALANCE, Accounts.BALANCE.plus(7))
                        .where(Accounts.ID.eq(60L))
                        .execute()));

        says(
                results.failure("concurrent writes are kept"),
                "accounts (id = 60): balance is '3000' with a write during the run, and '3007' with the same write"
                        + " before it",
                "one has overwritten the other");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatDisturbsASecondNode(SampleDatabase database) throws Exception {
        MigrationTests tests = MigrationTests.of(
                        SampleRegistry.of(By.TRANSACTION, BadSamples.LosesCounts::new)::builder)
                .on(database.fresh())
                .given(Accounts::fill);

        says(
                Results.of(tests, name -> !name.contains("crash")).failure("two nodes don't disturb each other"),
                "entries (id = 1): amount is '",
                "with batches side by side, and '25' after the normal run",
                "let migrate() write rows with one statement that reads what it needs");
    }

    @Test
    void oneThatFindsNothingToDo() throws Exception {
        says(
                onH2(SampleRegistry.of(By.TRANSACTION, BadSamples.FindsNothing::new), "a run finishes"),
                "has changed nothing, so there is nothing to check",
                "given(1L, dsl -> …)");
    }
}
