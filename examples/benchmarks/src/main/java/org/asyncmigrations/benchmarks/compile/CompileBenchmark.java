package org.asyncmigrations.benchmarks.compile;

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

/** What the processor adds to a compile: see the page next to the module. */
public final class CompileBenchmark implements Benchmark {
    /** With less, the memory outside the heap would hardly show; javac alone needs a third of this for 1,000 classes. */
    private static final String FIXED_HEAP = "-Xmx512m";

    /** The memory differs little from run to run. */
    private static final int MEMORY_ROUNDS = 3;

    /** A benchmark. */
    public CompileBenchmark() {}

    @Override
    public List<String> arguments() {
        return List.of("runs", "sizes", "peers", "memory", "journal");
    }

    @Override
    public void run(Arguments arguments) throws Exception {
        Path work = Files.createTempDirectory("compile-benchmark");
        try {
            System.out.println("javac in a new JVM, " + Machine.line());
            Figures figures = new Figures();
            Rotation rotation = new Rotation(arguments.number("runs", 7));
            for (int size : arguments.numbers("sizes", List.of(10, 100, 1_000, 4_000))) {
                measure(new Cases(work, new Migrations(), size).ours(arguments.flag("journal")), rotation, figures);
            }
            for (int size : arguments.numbers("peers", List.of(1_000))) {
                measure(new Cases(work, new AutoValues(), size).withAndWithout(), rotation, figures);
                measure(new Cases(work, new Mappers(), size).withAndWithout(), rotation, figures);
            }
            for (int size : arguments.numbers("memory", List.of(1_000))) {
                followMemory(new Cases(work, new Migrations(), size).ours(false), figures);
            }
            System.out.println("\n" + figures.table() + "\n" + figures.targets());
        } finally {
            Directories.delete(work);
        }
    }

    private static void measure(Map<Case, Compile> cases, Rotation rotation, Figures figures) throws Exception {
        run(cases, rotation, "time", figures.timed());
    }

    /** In separate runs, because following the memory takes time, and a fixed heap changes the time. */
    private static void followMemory(Map<Case, Compile> cases, Figures figures) throws Exception {
        Rotation rotation = new Rotation(MEMORY_ROUNDS);
        run(cases, rotation, "live memory", figures.followed(), "-Xmx1g", "-D" + MeasuredJavac.FOLLOW_LIVE + "=true");
        run(cases, rotation, "memory under " + FIXED_HEAP, figures.confined(), FIXED_HEAP);
    }

    private static void run(
            Map<Case, Compile> cases, Rotation rotation, String what, Map<Case, List<Cost>> into, String... jvm)
            throws Exception {
        Map<String, Callable<Cost>> runs = new LinkedHashMap<>();
        cases.forEach((measured, compile) -> runs.put(measured.name(), () -> compile.run(jvm)));
        Case first = cases.keySet().iterator().next();
        Map<String, List<Cost>> costs = rotation.run(what + ", " + first.subject() + " " + first.size(), runs);
        cases.keySet().forEach(measured -> into.put(measured, costs.get(measured.name())));
    }
}
