package org.asyncmigrations.benchmarks.backfill;

import static org.asyncmigrations.benchmarks.measure.Table.figure;

import java.util.List;
import java.util.Map;
import org.asyncmigrations.benchmarks.measure.Median;
import org.asyncmigrations.benchmarks.measure.Table;

/**
 * The results for tables of several sizes on one server: neither the speed nor the memory should depend on the size.
 *
 * @param runs the runs of each way, by the rows of the table
 */
record Sizes(Map<Integer, Map<String, List<Run>>> runs) {
    String table() {
        Table table = new Table("way", "rows", "seconds", "rows/s", "heap MB", "live MB");
        runs.forEach((rows, ways) -> ways.forEach((way, measured) -> table.row(
                way,
                figure(rows, 0),
                figure(Median.of(measured, Run::seconds), 2),
                figure(Median.of(measured, Run::rowsPerSecond), 0),
                figure(Median.of(measured, run -> run.outcome().peakMegabytes()), 0),
                figure(Median.of(measured, run -> run.outcome().liveMegabytes()), 0))));
        return table.toString();
    }
}
