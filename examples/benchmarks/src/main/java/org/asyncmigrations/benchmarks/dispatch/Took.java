package org.asyncmigrations.benchmarks.dispatch;

import java.util.List;
import org.asyncmigrations.benchmarks.measure.Median;

/**
 * What the calls of one JVM took.
 *
 * @param making milliseconds to create the caller, one figure for each call
 * @param held milliseconds for which the application was blocked, one figure for each call
 * @param cpuSeconds of the whole process until its end, user and system, all threads
 */
record Took(List<Double> making, List<Double> held, double cpuSeconds) {
    Took {
        making = List.copyOf(making);
        held = List.copyOf(held);
    }

    double makingMillis() {
        return Median.of(making, millis -> millis);
    }

    double heldMillis() {
        return Median.of(held, millis -> millis);
    }

    double bothMillis() {
        return makingMillis() + heldMillis();
    }
}
