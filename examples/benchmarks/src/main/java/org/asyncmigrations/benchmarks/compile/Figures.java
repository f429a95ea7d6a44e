package org.asyncmigrations.benchmarks.compile;

import static org.asyncmigrations.benchmarks.measure.Table.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.asyncmigrations.benchmarks.measure.Median;
import org.asyncmigrations.benchmarks.measure.Table;

/**
 * Everything that was measured.
 *
 * @param timed the runs for time, with the JVM's own settings
 * @param followed the runs that followed the live memory
 * @param confined the runs with a fixed heap
 */
record Figures(Map<Case, List<Cost>> timed, Map<Case, List<Cost>> followed, Map<Case, List<Cost>> confined) {
    private static final String OURS = new Migrations().name();

    Figures() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    String table() {
        Table table = new Table(
                "processor",
                "classes",
                "wall s",
                "CPU s",
                "wall ratio",
                "CPU ratio",
                "live MB",
                "RSS MB",
                "RSS MB, fixed heap");
        for (Case measured : timed.keySet()) {
            Case base = measured.sibling(Case.WITHOUT);
            table.row(
                    measured.subject() + ", " + measured.name(),
                    figure(measured.size(), 0),
                    figure(of(timed, measured, Cost::wallSeconds), 2),
                    figure(of(timed, measured, Cost::cpuSeconds), 2),
                    ratio(measured, base, Cost::wallSeconds),
                    ratio(measured, base, Cost::cpuSeconds),
                    figure(of(followed, measured, Cost::liveMegabytes), 0),
                    figure(of(timed, measured, Cost::residentMegabytes), 0),
                    figure(of(confined, measured, Cost::residentMegabytes), 0));
        }
        return table.toString();
    }

    /** {@return the targets, if their sizes were measured} */
    String targets() {
        Case with = new Case(OURS, 1_000, Case.WITH);
        Case without = with.sibling(Case.WITHOUT);
        Case large = new Case(OURS, 4_000, Case.WITH);
        return new Table("target", "wall", "CPU", "at most")
                .row(
                        "1,000 migrations, with / without",
                        ratio(with, without, Cost::wallSeconds),
                        ratio(with, without, Cost::cpuSeconds),
                        "1.50")
                .row(
                        "4,000 / 1,000 migrations",
                        ratio(large, with, Cost::wallSeconds),
                        ratio(large, with, Cost::cpuSeconds),
                        "4.40")
                .row(
                        "MB more for 1,000: live; RSS, fixed heap",
                        more(followed, with, Cost::liveMegabytes),
                        more(confined, with, Cost::residentMegabytes),
                        "60")
                .toString();
    }

    private String ratio(Case measured, Case base, ToDoubleFunction<Cost> figure) {
        return figure(of(timed, measured, figure) / of(timed, base, figure), 2);
    }

    private static String more(Map<Case, List<Cost>> runs, Case measured, ToDoubleFunction<Cost> figure) {
        return figure(of(runs, measured, figure) - of(runs, measured.sibling(Case.WITHOUT), figure), 0);
    }

    private static double of(Map<Case, List<Cost>> runs, Case measured, ToDoubleFunction<Cost> figure) {
        List<Cost> costs = runs.getOrDefault(measured, List.of());
        return costs.isEmpty() ? Double.NaN : Median.of(costs, figure);
    }
}
