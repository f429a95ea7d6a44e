package org.asyncmigrations.benchmarks.backfill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.asyncmigrations.benchmarks.backfill.server.MariaDbServer;
import org.asyncmigrations.benchmarks.backfill.server.PostgresServer;
import org.asyncmigrations.benchmarks.backfill.server.Server;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.asyncmigrations.benchmarks.measure.Benchmark;
import org.asyncmigrations.benchmarks.measure.Machine;
import org.asyncmigrations.benchmarks.measure.Rotation;

/** How fast a column is filled, and what others notice of it: see the page beside the module. */
public final class BackfillBenchmark implements Benchmark {
    /** A benchmark. */
    public BackfillBenchmark() {}

    @Override
    public List<String> arguments() {
        return Plan.arguments();
    }

    @Override
    public void run(Arguments arguments) throws Exception {
        Plan plan = Plan.of(arguments);
        System.out.printf("%,d rows, %s%n", plan.rows(), Machine.line());
        if (plan.database() != Plan.Database.MARIADB) {
            measure(new PostgresServer(plan.rows()), plan);
        }
        if (plan.database() != Plan.Database.POSTGRES) {
            measure(new MariaDbServer(plan.rows()), plan);
        }
    }

    private static void measure(Server started, Plan plan) throws Exception {
        try (Server server = started) {
            System.out.println("\n" + server.line());
            Figures figures = new Figures(runs(server, plan), plan.targetMillis());
            System.out.println("\n" + figures.table() + "\n" + figures.targets());
        }
    }

    private static Map<String, List<Run>> runs(Server server, Plan plan) throws Exception {
        Path work = Files.createTempDirectory("backfill-benchmark");
        Trial trial = new Trial(server, plan, work);
        Map<String, Callable<Run>> cases = new LinkedHashMap<>();
        plan.ways().forEach(way -> cases.put(way, () -> trial.run(way)));
        return new Rotation(plan.runs()).run(server.name(), cases);
    }
}
