package org.asyncmigrations.benchmarks.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The median of several runs: one run that the machine has disturbed doesn't change it. */
public final class Median {
    private Median() {}

    /**
     * The middle figure, or for an even number the mean of the two in the middle.
     *
     * @param runs the results, at least one
     * @param figure which figure of a result
     * @param <T> the result of a run
     * @return the median
     */
    public static <T> double of(List<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
