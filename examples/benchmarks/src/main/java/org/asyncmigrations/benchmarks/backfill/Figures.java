package org.asyncmigrations.benchmarks.backfill;

import static org.asyncmigrations.benchmarks.measure.Table.figure;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.asyncmigrations.benchmarks.backfill.way.Ways;
import org.asyncmigrations.benchmarks.measure.Median;
import org.asyncmigrations.benchmarks.measure.Table;

/**
 * Everything that was measured on one server.
 *
 * @param runs the runs of each way
 * @param targetMillis the {@code targetBatchTime} in milliseconds
 */
record Figures(Map<String, List<Run>> runs, int targetMillis) {
    /** {@return the medians; but of the longest waits the longest, because a short wait in half of the runs helps nobody} */
    String table() {
        Table table = new Table(
                "way",
                "seconds",
                "rows/s",
                "ratio",
                "first s",
                "walk s",
                "batch",
                "p50 ms",
                "p99 ms",
                "longest ms",
                "heap MB",
                "live MB");
        for (String way : runs.keySet()) {
            table.row(
                    way,
                    figure(of(way, Run::seconds), 2),
                    figure(of(way, Run::rowsPerSecond), 0),
                    figure(speed(way, Ways.SINGLE_UPDATE), 2),
                    figure(of(way, Run::firstSeconds), 2),
                    figure(of(way, Run::walkSeconds), 2),
                    figure(of(way, Run::batchRows), 0),
                    figure(of(way, run -> run.waits().percentile(50)), 1),
                    figure(of(way, Figures::p99), 1),
                    figure(longest(way), 1),
                    figure(of(way, run -> run.outcome().peakMegabytes()), 0),
                    figure(of(way, run -> run.outcome().liveMegabytes()), 0));
        }
        return table.toString();
    }

    /** {@return the target ratios and waits, if their ways were measured} */
    String targets() {
        return new Table("target", "measured", "wanted")
                .row("set-2 / single", figure(speed(Ways.SET_BASED, Ways.SINGLE_UPDATE), 2), "1.50 or more")
                .row("set-2 / jdbc-2", figure(speed(Ways.SET_BASED, Ways.TWO_JDBC_LOOPS), 2), "0.95 or more")
                .row(
                        "set-2 / jdbc-2, without the look",
                        figure(of(Ways.TWO_JDBC_LOOPS, Run::walkSeconds) / of(Ways.SET_BASED, Run::walkSeconds), 2),
                        "0.95 or more")
                .row("set-2 / protocol-2", figure(speed(Ways.SET_BASED, Ways.PROTOCOL), 2), "0.90 or more")
                .row("rows-2 / single", figure(speed(Ways.ROW_BY_ROW, Ways.SINGLE_UPDATE), 2), "1.10 or more")
                .row("rows-2 / protocol-rows-2", figure(speed(Ways.ROW_BY_ROW, Ways.ROWS_PROTOCOL), 2), "0.90 or more")
                .row("rows-2 / spring-2", figure(speed(Ways.ROW_BY_ROW, Ways.SPRING_BATCH), 2), "2.00 or more")
                .row("longest wait beside set-2, ms", figure(longest(Ways.SET_BASED), 1), mostWait())
                .row("longest wait beside rows-2, ms", figure(longest(Ways.ROW_BY_ROW), 1), mostWait())
                .row("p99 beside set-2, ms", figure(of(Ways.SET_BASED, Figures::p99), 1), loopsP99())
                .row("p99 beside rows-2, ms", figure(of(Ways.ROW_BY_ROW, Figures::p99), 1), loopsP99())
                .toString();
    }

    private String mostWait() {
        return figure(2 * targetMillis, 1) + " or less";
    }

    private String loopsP99() {
        return figure(of(Ways.JDBC_LOOP, Figures::p99), 1) + " or less";
    }

    private double speed(String way, String than) {
        return of(way, Run::rowsPerSecond) / of(than, Run::rowsPerSecond);
    }

    private double longest(String way) {
        return runs.getOrDefault(way, List.of()).stream()
                .mapToDouble(run -> run.waits().longest())
                .max()
                .orElse(Double.NaN);
    }

    private double of(String way, ToDoubleFunction<Run> figure) {
        List<Run> measured = runs.getOrDefault(way, List.of());
        return measured.isEmpty() ? Double.NaN : Median.of(measured, figure);
    }

    private static double p99(Run run) {
        return run.waits().percentile(99);
    }
}
