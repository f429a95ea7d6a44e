package org.asyncmigrations.benchmarks.backfill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.asyncmigrations.benchmarks.backfill.server.MariaDbServer;
import org.asyncmigrations.benchmarks.backfill.server.PostgresServer;
import org.asyncmigrations.benchmarks.backfill.server.Server;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.asyncmigrations.benchmarks.measure.Benchmark;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Machine;
import org.asyncmigrations.benchmarks.measure.Rotation;

/** How fast a column is filled, and how much other clients notice: see the page next to the module. */
public final class BackfillBenchmark implements Benchmark {
    /** Set by the build; otherwise, pictures go to the working directory. */
    private static final String PICTURES = "pictures";

    /** A benchmark. */
    public BackfillBenchmark() {}

    @Override
    public List<String> arguments() {
        return Plan.arguments();
    }

    @Override
    public void run(Arguments arguments) throws Exception {
        Plan plan = Plan.of(arguments);
        List<Integer> sizes = arguments.numbers("sizes", List.of());
        System.out.println(Machine.line());
        if (plan.database() != Plan.Database.MARIADB) {
            measure(PostgresServer::new, plan, sizes);
        }
        if (plan.database() != Plan.Database.POSTGRES) {
            measure(MariaDbServer::new, plan, sizes);
        }
    }

    /** Starts a server with this number of rows. */
    @FunctionalInterface
    private interface Start {
        Server with(int rows) throws Exception;
    }

    private static void measure(Start start, Plan plan, List<Integer> sizes) throws Exception {
        if (sizes.isEmpty()) {
            compare(start, plan);
        } else {
            compareSizes(start, plan, sizes);
        }
    }

    private static void compare(Start start, Plan plan) throws Exception {
        try (Server server = start.with(plan.rows())) {
            Figures figures = new Figures(runs(server, plan), plan.targetMillis());
            System.out.println("\n" + figures.table() + "\n" + figures.targets());
            System.out.println(
                    new Picture(figures.runs(), Path.of(System.getProperty(PICTURES, "."))).write(server.name()));
            if (plan.accounts()) {
                Account account = new Account(figures.runs());
                System.out.println("\n" + account.table());
                System.out.println(account.draw(Path.of(System.getProperty(PICTURES, ".")), server.name()));
            }
        }
    }

    private static void compareSizes(Start start, Plan plan, List<Integer> sizes) throws Exception {
        Sizes figures = new Sizes(new TreeMap<>());
        for (int rows : sizes) {
            try (Server server = start.with(rows)) {
                figures.runs().put(rows, runs(server, plan.withRows(rows)));
            }
        }
        System.out.println("\n" + figures.table());
    }

    private static Map<String, List<Run>> runs(Server server, Plan plan) throws Exception {
        System.out.printf("%n%,d rows, %s%n", plan.rows(), server.line());
        Path work = Files.createTempDirectory("backfill-benchmark");
        try {
            Trial trial = new Trial(server, plan, work);
            Map<String, Callable<Run>> cases = new LinkedHashMap<>();
            plan.ways().forEach(way -> cases.put(way, () -> trial.run(way)));
            return new Rotation(plan.runs()).run(server.name(), cases);
        } finally {
            Directories.delete(work);
        }
    }
}
