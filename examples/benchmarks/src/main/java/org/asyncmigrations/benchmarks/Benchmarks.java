package org.asyncmigrations.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.benchmarks.backfill.BackfillBenchmark;
import org.asyncmigrations.benchmarks.backfill.IndependentBenchmark;
import org.asyncmigrations.benchmarks.compile.CompileBenchmark;
import org.asyncmigrations.benchmarks.dispatch.DispatchBenchmark;
import org.asyncmigrations.benchmarks.dispatch.StatusBenchmark;
import org.asyncmigrations.benchmarks.dispatch.TenantsBenchmark;
import org.asyncmigrations.benchmarks.dispatch.WaitingBenchmark;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.asyncmigrations.benchmarks.measure.Benchmark;

/** Runs the benchmark that the command line names. */
public final class Benchmarks {
    private static final Map<String, Benchmark> ALL = new TreeMap<>(Map.of(
            "backfill", new BackfillBenchmark(),
            "compile", new CompileBenchmark(),
            "dispatch", new DispatchBenchmark(),
            "independent", new IndependentBenchmark(),
            "status", new StatusBenchmark(),
            "tenants", new TenantsBenchmark(),
            "waiting", new WaitingBenchmark()));

    private Benchmarks() {}

    /**
     * Runs one benchmark.
     *
     * @param words its name, then its arguments
     * @throws Exception if something that is measured fails
     */
    public static void main(String... words) throws Exception {
        Benchmark benchmark = words.length == 0 ? null : ALL.get(words[0]);
        if (benchmark == null) {
            throw new IllegalArgumentException("name a benchmark, one of " + ALL.keySet());
        }
        List<String> written = Arrays.asList(words).subList(1, words.length);
        benchmark.run(Arguments.of(written, benchmark.arguments()));
    }
}
