package org.asyncmigrations.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.asyncmigrations.By;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is right passes all tests, and nothing needs to be said for it. */
class RightSamplesTest {
    /** What databases do in ways of their own: all else is tried on the fastest. */
    private static final Set<String> DIFFERENT = Set.of(
            "deletes",
            "join",
            "copies rows",
            "own foreign key",
            "inserts if absent",
            "trigger",
            "defaults",
            "row by row");

    private static Map<String, SampleRegistry> samples() {
        Map<String, SampleRegistry> all = new LinkedHashMap<>();
        all.put("deletes", SampleRegistry.of(By.PENDING_ROWS, RightSamples.DeletesOldOrders::new));
        all.put("sets to null", SampleRegistry.of(By.PENDING_ROWS, RightSamples.SetsFaxToNull::new));
        all.put("clears legacy data", SampleRegistry.of(By.PENDING_ROWS, RightSamples.ClearsLegacyFax::new));
        all.put("join", SampleRegistry.of(By.PENDING_ROWS, RightSamples.ConvertsByRates::new));
        all.put(
                "requires a schema",
                SampleRegistry.of(By.PENDING_ROWS, RightSamples.MovesEmails::new)
                        .requiringSchema("7"));
        all.put("copies rows", SampleRegistry.of(By.PENDING_ROWS, RightSamples.CopiesStreets::new));
        all.put("moves rows", SampleRegistry.of(By.PENDING_ROWS, RightSamples.MovesStreets::new));
        all.put("splits a column", SampleRegistry.of(By.PENDING_ROWS, RightSamples.SplitsNames::new));
        all.put("deletes duplicates", SampleRegistry.of(By.PENDING_ROWS, RightSamples.DeletesDuplicates::new));
        all.put("changes settings", SampleRegistry.of(By.DECLARATION, RightDataSamples.RenamesSetting::new));
        all.put(
                "row by row",
                SampleRegistry.of(
                        By.PENDING_ROWS, () -> new RightSamples.GuessesLanguages(note -> note.substring(0, 2))));
        all.put("fills what is not empty", SampleRegistry.of(By.PENDING_ROWS, RightSamples.GuessesAnyLanguage::new));
        all.put("inserts if absent", SampleRegistry.of(By.GUARD, RightDataSamples.AddsSetting::new));
        all.put("inserts what is there", SampleRegistry.of(By.GUARD, RightDataSamples.AddsWhatIsThere::new));
        all.put("unique column", SampleRegistry.of(By.PENDING_ROWS, RightSamples.MovesEmails::new));
        all.put("soft deletes", SampleRegistry.of(By.PENDING_ROWS, RightSamples.DeletesSoftly::new));
        all.put("changes a state", SampleRegistry.of(By.PENDING_ROWS, RightSamples.ClosesOpenOnes::new));
        all.put("subquery", SampleRegistry.of(By.PENDING_ROWS, RightSamples.MarksDollarCustomers::new));
        all.put("own foreign key", SampleRegistry.of(By.TRANSACTION, RightDataSamples.ShortensReferrers::new));
        all.put("deletes parents", SampleRegistry.of(By.DECLARATION, RightDataSamples.DeletesClosedCustomers::new));
        all.put("trigger", SampleRegistry.of(By.PENDING_ROWS, RightSamples.ChangesStamped::new));
        all.put("defaults", SampleRegistry.of(By.TRANSACTION, RightDataSamples.InsertsStamped::new));
        return all;
    }

    private static UnaryOperator<MigrationTests> settings(String name) {
        return tests -> name.equals("inserts what is there") ? tests.mayChangeNothing(1L) : tests;
    }

    /** Crashes between statements are what {@code GoodSamplesTest} tries. */
    private static boolean isTried(String test) {
        return !test.contains("crash before statement");
    }

    @TestFactory
    Stream<DynamicNode> samplesPass() {
        return Stream.of(SampleDatabase.values())
                .flatMap(database -> samples().entrySet().stream()
                        .filter(sample -> database == SampleDatabase.H2 || DIFFERENT.contains(sample.getKey()))
                        .map(sample -> DynamicTest.dynamicTest(
                                database + ": " + sample.getKey(),
                                () -> passes(database, sample.getKey(), sample.getValue()))));
    }

    private static void passes(SampleDatabase database, String name, SampleRegistry registry) throws Exception {
        MigrationTests tests =
                MigrationTests.of(registry::builder).on(database.fresh()).given(Shop::fill);
        Results.of(settings(name).apply(tests), RightSamplesTest::isTried).allPass();
    }
}
