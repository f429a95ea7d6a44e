package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration TARGET = Duration.ofMillis(100);

    @Test
    void theFirstBatchIsSmallUnlessASizeIsRemembered() {
        assertThat(new Pace(TARGET, 0).size()).isEqualTo(500);
        assertThat(new Pace(TARGET, 7_000).size()).isEqualTo(7_000);
        assertThat(new Pace(TARGET, 70_000_000).size()).isEqualTo(1_000_000);
    }

    @Test
    void aStretchWithoutPendingRowsIsCrossedInDoublingSteps() {
        assertThat(after(500, 0, 49)).isEqualTo(1_000);
        assertThat(after(500, 4, 49)).isEqualTo(1_000);
    }

    @Test
    void aBatchThatChangesRowsGrowsByAFifth() {
        assertThat(after(500, 5, 49)).isEqualTo(600);
        assertThat(after(500, 0, 50)).isEqualTo(600);
        assertThat(after(500, 500, 83)).isEqualTo(600);
    }

    @Test
    void farBelowTheTargetItDoubles() {
        assertThat(after(500, 500, 24)).isEqualTo(1_000);
        assertThat(after(500, 500, 25)).isEqualTo(600);
    }

    @Test
    void nearTheTargetTheSizeStays() {
        assertThat(after(500, 500, 84)).isEqualTo(500);
        assertThat(after(500, 500, 100)).isEqualTo(500);
    }

    @Test
    void overTheTargetItShrinksAtOnceAndInProportion() {
        assertThat(after(500, 500, 200)).isEqualTo(250);
        assertThat(after(500, 500, 100_000_000)).isEqualTo(1);
    }

    @Test
    void theTailOfARangeTellsOnlyThatABatchIsTooLarge() {
        assertThat(after(10, 10, 1)).isEqualTo(500);
        assertThat(after(10, 10, 200)).isEqualTo(5);
        assertThat(after(0, 0, 200)).isEqualTo(500);
    }

    @Test
    void aBatchThatTimedOutIsHalvedDownToOneKey() {
        Pace pace = new Pace(TARGET, 3);
        pace.halve();
        assertThat(pace.size()).isEqualTo(1);
        pace.halve();
        assertThat(pace.size()).isEqualTo(1);
    }

    @Test
    void itGrowsFromOneKeyAndStopsAtTheMost() {
        Pace pace = new Pace(TARGET, 1);
        pace.walked(1, 1, Duration.ZERO);
        assertThat(pace.size()).isEqualTo(2);
        for (int batch = 0; batch < 100; batch++) {
            pace.walked(pace.size(), pace.size(), Duration.ofMillis(1));
        }
        assertThat(pace.size()).isEqualTo(1_000_000);
    }

    @Test
    void heavyRowsAmongLightOnesCostTwoLongBatchesAtMost() {
        // 10 µs a row, and 40 times that between 1,000,000 and 1,050,000.
        List<Batch> walk = walk(2_000_000, key -> key >= 1_000_000 && key < 1_050_000 ? 0.4 : 0.01);
        assertThat(walk).filteredOn(batch -> batch.millis > 120).hasSizeBetween(1, 2);
        assertThat(walk.get(walk.size() - 2).millis).isBetween(83.0, 100.0);
        assertThat(walk).allMatch(batch -> batch.millis < 41 * 100);
    }

    @Test
    void aStallCostsAFewBatchesOfGrowth() {
        // A checkpoint of two seconds at the key 1,000,000.
        List<Batch> walk = walk(2_000_000, key -> key == 1_000_000 ? 2_000 : 0.01);
        int stall = walk.indexOf(
                walk.stream().filter(batch -> batch.millis > 2_000).findFirst().orElseThrow());
        assertThat(walk.get(stall + 1).keys).isLessThan(walk.get(stall).keys / 20);
        assertThat(walk.get(stall + 20).millis).isBetween(83.0, 100.0);
        assertThat(walk).filteredOn(batch -> batch.millis > 100.001).hasSize(1);
    }

    @Test
    void ninetyNineOfAHundredBatchesEndWithinTwiceTheTarget() {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            long[] heavy = random.longs(3, 0, 8_000_000).toArray();
            double growth = random.nextDouble() * 2;
            List<Batch> walk = walk(8_000_000, key -> {
                // 10 µs a row that vary, an index that becomes slower, three stretches of rows that cost ten times as
                // much, and now and then a checkpoint of half a second.
                double millis = 0.01 * (0.5 + random.nextDouble()) * (1 + growth * key / 8_000_000);
                boolean isHeavy = LongStream.of(heavy).anyMatch(from -> key >= from && key < from + 30_000);
                boolean isCheckpoint = random.nextInt(2_000_000) == 0;
                return (isHeavy ? 10 * millis : millis) + (isCheckpoint ? 500 : 0);
            });
            long late = walk.stream().filter(batch -> batch.millis > 200).count();
            assertThat(late * 100).as("of " + walk.size() + ", seed " + seed).isLessThanOrEqualTo(walk.size());
            assertThat(late).as("the stretches are met, seed " + seed).isPositive();
        }
    }

    private static long after(long keys, long changed, long millis) {
        Pace pace = new Pace(TARGET, 500);
        pace.walked(keys, changed, Duration.ofMillis(millis));
        return pace.size();
    }

    private static List<Batch> walk(long rows, LongToDoubleFunction millisOfRow) {
        Pace pace = new Pace(TARGET, 0);
        List<Batch> walk = new ArrayList<>();
        for (long at = 0; at < rows; ) {
            long keys = Math.min(pace.size(), rows - at);
            double millis = 0;
            for (long key = at; key < at + keys; key++) {
                millis += millisOfRow.applyAsDouble(key);
            }
            pace.walked(keys, keys, Duration.ofNanos((long) (millis * 1_000_000)));
            walk.add(new Batch(keys, millis));
            at += keys;
        }
        return walk;
    }

    private record Batch(long keys, double millis) {}
}
