package org.asyncmigrations.benchmarks.backfill;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A figure over time, with a point for each interval that has data.
 *
 * @param points the figures by the middle of their interval, in seconds
 */
record Curve(Map<Double, Double> points) {
    static final Curve NOTHING = new Curve(Map.of());

    Curve {
        points = new TreeMap<>(points);
    }

    /** Intervals in a run; each is a few pixels wide. */
    private static final int STRETCHES = 120;

    /** The shortest interval, so that each has more than a handful of batches or writes. */
    private static final double SHORTEST_SECONDS = 0.25;

    static Curve throughput(Run run) {
        if (run.batches().size() == 1) {
            return flat(run, run.rowsPerSecond());
        }
        double length = length(run);
        Curve rows = of(length, run.batches(), Run.Batch::atSeconds, Run.Batch::rows, Double::sum);
        Map<Double, Double> points = new TreeMap<>();
        rows.points().forEach((at, sum) -> points.put(at, sum / length));
        return new Curve(points);
    }

    static Curve batchSize(Run run) {
        if (run.batches().size() == 1) {
            return flat(run, run.rows());
        }
        return of(length(run), run.batches(), Run.Batch::atSeconds, Run.Batch::rows, Math::max);
    }

    static Curve longestWait(Run run) {
        return of(
                length(run),
                run.waits().writes(),
                write -> write.dueSeconds(),
                write -> Math.max(0.1, write.millis()),
                Math::max);
    }

    double[] x() {
        return points.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    }

    double[] y() {
        return points.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A constant curve, because a single batch says nothing about the time in between. */
    private static Curve flat(Run run, double figure) {
        return new Curve(Map.of(0.0, figure, run.seconds(), figure));
    }

    private static double length(Run run) {
        return Math.max(SHORTEST_SECONDS, run.seconds() / STRETCHES);
    }

    private static <T> Curve of(
            double length,
            List<T> things,
            ToDoubleFunction<T> at,
            ToDoubleFunction<T> figure,
            DoubleBinaryOperator together) {
        Map<Double, Double> points = new TreeMap<>();
        for (T thing : things) {
            double middle = (Math.floor(at.applyAsDouble(thing) / length) + 0.5) * length;
            points.merge(middle, figure.applyAsDouble(thing), together::applyAsDouble);
        }
        return new Curve(points);
    }
}
