package org.asyncmigrations.benchmarks.dispatch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.asyncmigrations.benchmarks.measure.Benchmark;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Machine;
import org.asyncmigrations.benchmarks.measure.Rotation;

/** What a start costs if all migrations are done already: see the page next to the module. */
public final class DispatchBenchmark implements Benchmark {
    /** A benchmark. */
    public DispatchBenchmark() {}

    @Override
    public List<String> arguments() {
        return List.of("runs", "sizes", "warm", "calls");
    }

    @Override
    public void run(Arguments arguments) throws Exception {
        Path work = Files.createTempDirectory("dispatch-benchmark");
        try (Server server = Server.started(work)) {
            System.out.println("a start with all migrations done, PostgreSQL, " + Machine.line());
            Figures figures = new Figures();
            for (int size : arguments.numbers("sizes", List.of(10, 100, 1_000))) {
                System.out.println(size + " migrations are being done, each way");
                figures.add(size, measured(arguments, new Ways(work.resolve("size-" + size), server, size)));
            }
            System.out.println("\n" + figures.cold() + "\n" + figures.warm() + "\n" + figures.targets());
        } finally {
            Directories.delete(work);
        }
    }

    private static Figures.OfSize measured(Arguments arguments, Ways ways) throws Exception {
        List<Way> all = ways.all();
        Map<String, List<Sent>> sent = new LinkedHashMap<>();
        for (Way way : all) {
            sent.put(way.name(), ways.sentBy(way));
        }
        int calls = arguments.number("calls", 200);
        Map<String, Callable<Took>> cold = new LinkedHashMap<>();
        Map<String, Callable<Took>> warm = new LinkedHashMap<>();
        for (Way way : all) {
            cold.put(way.name(), way::cold);
            warm.put(way.name(), () -> way.warm(calls));
        }
        return new Figures.OfSize(
                sent,
                new Rotation(arguments.number("runs", 15)).run("new JVM, " + ways.count(), cold),
                new Rotation(arguments.number("warm", 3)).run("warm JVM, " + ways.count(), warm));
    }
}
