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
        walked(pace, 1, 1, Duration.ZERO);
        assertThat(pace.size()).isEqualTo(2);
        for (int batch = 0; batch < 100; batch++) {
            walked(pace, pace.size(), pace.size(), Duration.ofMillis(1));
        }
        assertThat(pace.size()).isEqualTo(1_000_000);
    }

    @Test
    void heavyRowsAmongLightOnesCostTwoLongBatchesAtMost() {
        // 10 µs a row, and 40 times as much between 1,000,000 and 1,050,000.
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
                // About 10 µs a row, an index that becomes slower, three stretches of rows that cost ten times as much,
                // and now and then a checkpoint of half a second.
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

    @Test
    void whatEachBatchCostsIsNotTakenForTheCostOfRows() {
        // A cold JVM: each of the first 20 batches costs 200 ms, and a row 10 µs.
        List<Batch> walk = walk(200_000, 20, 200, key -> 0.01);
        assertThat(walk.subList(0, 20)).allMatch(batch -> batch.keys >= 100);
        assertThat(walk.subList(0, 20)).allMatch(batch -> batch.keys <= 500);
        assertThat(walk.get(30).millis).isBetween(83.0, 100.0);
        // Each batch always costs ten times the target. Half of the batches keep the size that two shrinks have left.
        List<Batch> far = walk(10_000, Integer.MAX_VALUE, 1_000, key -> 0.01);
        assertThat(far.subList(0, 6).stream().map(batch -> batch.keys)).containsExactly(500L, 49L, 4L, 49L, 4L, 49L);
    }

    /** On a starved server, each exchange waits for its turn. A batch is eight of them, and one of them changes the rows. */
    @Test
    void aStarvedServerDoesNotShrinkBatchesToOneRow() {
        for (boolean waited : new boolean[] {false, true}) {
            Random random = new Random(1);
            Pace pace = new Pace(TARGET, 0);
            int batches = 0;
            for (long at = 0; at < 20_000; at += pace.size(), batches++) {
                double rest = random.doubles(7, 37, 150).sum();
                double onRows = random.nextDouble(37, 150) + 0.05 * pace.size();
                pace.walked(pace.size(), pace.size(), millis(rest + onRows), millis(onRows), waited);
                assertThat(pace.size()).isGreaterThan(200);
            }
            assertThat(batches).isLessThan(waited ? 60 : 20);
        }
    }

    @Test
    void rowsMayTakeHalfAsLongAsTheRestOfTheirBatch() {
        assertThat(afterRest(90, 60, false)).isEqualTo(375);
        assertThat(afterRest(90, 45, false)).isEqualTo(500);
        assertThat(afterRest(90, 10, false)).isEqualTo(1_000);
        assertThat(afterRest(60, 80, false)).isEqualTo(250);
        assertThat(afterRest(100_000, 400, false))
                .as("a stall, twice the target")
                .isEqualTo(250);
    }

    @Test
    void aBatchThatSomeoneWaitedForIsHalvedAsFarAsItsRowsTakeTheTime() {
        assertThat(afterRest(0, 20, true)).isEqualTo(250);
        assertThat(afterRest(8, 16, true)).as("half of 24 without the rest").isEqualTo(125);
        assertThat(afterRest(40, 10, true)).as("it is not the rows").isEqualTo(500);
        assertThat(afterRest(0, 400, true)).as("the target is less than half").isEqualTo(125);
    }

    private static long afterRest(double rest, double onRows, boolean waited) {
        Pace pace = new Pace(TARGET, 500);
        pace.walked(500, 500, millis(rest + onRows), millis(onRows), waited);
        return pace.size();
    }

    /** A batch that was all rows, and for which nobody waited. */
    private static void walked(Pace pace, long keys, long changed, Duration took) {
        pace.walked(keys, changed, took, took, false);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1_000_000));
    }

    @Test
    void heavyRowsAreFoundBehindWhatEachBatchCosts() {
        List<Batch> walk = walk(4_000, Integer.MAX_VALUE, 200, key -> key < 3_000 ? 0.01 : 100);
        List<Long> keys = walk.stream().map(batch -> batch.keys).toList();
        assertThat(walk).filteredOn(batch -> batch.millis > 1_000).hasSize(1);
        assertThat(keys.subList(keys.size() - 900, keys.size())).containsOnly(1L);
    }

    @Test
    void aBatchWithinTheTargetEndsWhatIsKnownOfTheCostOfABatch() {
        Pace pace = new Pace(TARGET, 1_000);
        walked(pace, 1_000, 1_000, Duration.ofMillis(150));
        walked(pace, 666, 666, Duration.ofMillis(90));
        walked(pace, 666, 666, Duration.ofMillis(150));
        walked(pace, 444, 444, Duration.ofMillis(150));
        assertThat(pace.size()).isEqualTo(296);
        walked(pace, 296, 296, Duration.ofMillis(150));
        assertThat(pace.size()).as("in vain for the second time in a row").isEqualTo(444);
    }

    @Test
    void rowsThatAreHeavierAndHeavierEndInBatchesOfOne() {
        List<Batch> walk = walk(20_000, 0, 0, key -> 0.01 * Math.pow(2, key / 1_000.0));
        assertThat(walk.get(walk.size() - 1).keys).isEqualTo(1);
        // The first five grew from light rows into heavy ones.
        assertThat(walk.stream().skip(5).filter(batch -> batch.keys > 1 && batch.millis > 200))
                .isEmpty();
    }

    private static long after(long keys, long changed, long millis) {
        Pace pace = new Pace(TARGET, 500);
        walked(pace, keys, changed, Duration.ofMillis(millis));
        return pace.size();
    }

    private static List<Batch> walk(long rows, LongToDoubleFunction millisOfRow) {
        return walk(rows, 0, 0, millisOfRow);
    }

    /** A walk whose first batches have a fixed cost, however many rows they have. */
    private static List<Batch> walk(long rows, int dear, double millisOfBatch, LongToDoubleFunction millisOfRow) {
        Pace pace = new Pace(TARGET, 0);
        List<Batch> walk = new ArrayList<>();
        for (long at = 0; at < rows; ) {
            long keys = Math.min(pace.size(), rows - at);
            double millis = walk.size() < dear ? millisOfBatch : 0;
            for (long key = at; key < at + keys; key++) {
                millis += millisOfRow.applyAsDouble(key);
            }
            walked(pace, keys, keys, Duration.ofNanos((long) (millis * 1_000_000)));
            walk.add(new Batch(keys, millis));
            at += keys;
        }
        return walk;
    }

    private record Batch(long keys, double millis) {}
}
