package org.asyncmigrations.benchmarks.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle one of several figures: one run that the machine disturbed does not move it. */
public final class Median {
    private Median() {}

    /**
     * The middle figure; of an even number the mean of the two in the middle.
     *
     * @param runs what was measured, at least once
     * @param figure which figure of it
     * @param <T> what a run gives
     * @return the median
     */
    public static <T> double of(List<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
