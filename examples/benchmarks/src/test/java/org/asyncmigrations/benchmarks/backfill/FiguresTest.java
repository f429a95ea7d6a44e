package org.asyncmigrations.benchmarks.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.asyncmigrations.benchmarks.backfill.client.Waits;
import org.asyncmigrations.benchmarks.backfill.way.WayProcess;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void speedsAreMediansAndTheLongestWaitIsThatOfAllRuns() {
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        runs.put("single", List.of(run(10, 1), run(12, 1), run(90, 1)));
        runs.put("set-2", List.of(run(6, 40), run(5, 700), run(4, 50)));
        Figures figures = new Figures(runs, 100);

        assertThat(figures.table()).containsPattern("set-2 +\\| +5.00 \\| +240 \\| +2.40 \\|");
        assertThat(figures.targets())
                .containsPattern("set-2 / single +\\| +2.40 \\| +1.50 or more")
                .containsPattern("longest wait beside set-2, ms +\\| +700.0 \\| +200.0 or less")
                .containsPattern("rows-2 / spring-2 +\\| +– \\|");
    }

    @Test
    void throughputIsByTheSecondWhateverTheStretchIs() {
        Run run = run(60, 1, new Run.Batch(0.1, 100), new Run.Batch(0.4, 300), new Run.Batch(10.2, 50));

        assertThat(Curve.throughput(run).points()).containsExactly(Map.entry(0.25, 800.0), Map.entry(10.25, 100.0));
        assertThat(Curve.batchSize(run).points()).containsExactly(Map.entry(0.25, 300.0), Map.entry(10.25, 50.0));
    }

    @Test
    void theMiddleBatchIsShown() {
        assertThat(run(1, 1, new Run.Batch(0, 9), new Run.Batch(1, 7), new Run.Batch(2, 1000))
                        .batchRows())
                .isEqualTo(9);
        assertThat(run(1, 1).batchRows()).isNaN();
    }

    private static Run run(double seconds, double longestMillis, Run.Batch... batches) {
        List<Waits.Wait> waits = DoubleStream.of(0.5, longestMillis)
                .mapToObj(millis -> new Waits.Wait(0, millis))
                .toList();
        return new Run(1_200, new WayProcess.Outcome(seconds, 20, 10), new Waits(waits), List.of(batches), Map.of());
    }
}
