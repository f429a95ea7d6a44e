package org.asyncmigrations.benchmarks.dispatch;

import static org.asyncmigrations.benchmarks.measure.Table.figure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.asyncmigrations.benchmarks.measure.Median;
import org.asyncmigrations.benchmarks.measure.Table;

/** The results, as tables. */
final class Figures {
    private final TreeMap<Integer, OfSize> sizes = new TreeMap<>();

    /**
     * The results for one number of migrations, by the names of the ways.
     *
     * @param sent the statements of a start
     * @param cold one call each, in new JVMs
     * @param warm many calls, in one JVM each
     */
    record OfSize(Map<String, List<Sent>> sent, Map<String, List<Took>> cold, Map<String, List<Took>> warm) {
        double cold(String way, ToDoubleFunction<Took> figure) {
            return Median.of(cold.get(way), figure);
        }

        double coldRatio(String way, String base, ToDoubleFunction<Took> figure) {
            return cold(way, figure) / cold(base, figure);
        }

        double warm(String way, ToDoubleFunction<Took> figure) {
            return warm.get(way).isEmpty() ? Double.NaN : Median.of(warm.get(way), figure);
        }

        double warmRatio(String way, String base, ToDoubleFunction<Took> figure) {
            return warm(way, figure) / warm(base, figure);
        }

        String connections(String way) {
            return String.valueOf(
                    sent.get(way).stream().map(Sent::session).distinct().count());
        }

        String locksOrChanges(String way) {
            return String.valueOf(
                    sent.get(way).stream().filter(Sent::locksOrChanges).count());
        }
    }

    void add(int size, OfSize measured) {
        sizes.put(size, measured);
    }

    Table cold() {
        Table table = new Table(
                "new JVM",
                "statements",
                "lock or change",
                "connections",
                "made ms",
                "held ms",
                "to Flyway",
                "both to Flyway",
                "CPU s",
                "to Flyway");
        sizes.forEach((size, of) -> of.cold()
                .keySet()
                .forEach(way -> table.row(
                        size + ", " + way,
                        String.valueOf(of.sent().get(way).size()),
                        of.locksOrChanges(way),
                        of.connections(way),
                        figure(of.cold(way, Took::makingMillis), 1),
                        figure(of.cold(way, Took::heldMillis), 1),
                        figure(of.coldRatio(way, Way.FLYWAY, Took::heldMillis), 3),
                        figure(of.coldRatio(way, Way.FLYWAY, Took::bothMillis), 3),
                        figure(of.cold(way, Took::cpuSeconds), 2),
                        figure(of.coldRatio(way, Way.FLYWAY, Took::cpuSeconds), 2))));
        return table;
    }

    Table warm() {
        Table table = new Table(
                "warm JVM", "made ms", "held ms", "to plain select", "both to plain select", "both to Flyway");
        sizes.forEach((size, of) -> of.warm()
                .keySet()
                .forEach(way -> table.row(
                        size + ", " + way,
                        figure(of.warm(way, Took::makingMillis), 2),
                        figure(of.warm(way, Took::heldMillis), 2),
                        figure(of.warmRatio(way, Way.SELECT, Took::heldMillis), 2),
                        figure(of.warmRatio(way, Way.SELECT, Took::bothMillis), 2),
                        figure(of.warmRatio(way, Way.FLYWAY, Took::bothMillis), 3))));
        return table;
    }

    /** {@return the targets, for the largest number of migrations} */
    Table targets() {
        Table table = new Table("target", "is", "at most");
        if (sizes.isEmpty()) {
            return table;
        }
        int most = sizes.lastKey();
        OfSize of = sizes.get(most);
        String what = most + ", " + Way.OURS + ": ";
        return table.row(
                        what + "statements",
                        String.valueOf(of.sent().get(Way.OURS).size()),
                        "1")
                .row(what + "statements that lock or change", of.locksOrChanges(Way.OURS), "0")
                .row(what + "connections", of.connections(Way.OURS), "1")
                .row(what + "held, to Flyway", figure(of.coldRatio(Way.OURS, Way.FLYWAY, Took::heldMillis), 3), "0.020")
                .row(what + "CPU, to Flyway", figure(of.coldRatio(Way.OURS, Way.FLYWAY, Took::cpuSeconds), 2), "1.00")
                .row(
                        what + "warm, to a plain select",
                        figure(of.warmRatio(Way.OURS, Way.SELECT, Took::heldMillis), 2),
                        "2.00");
    }
}
