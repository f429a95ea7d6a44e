package org.asyncmigrations.benchmarks.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.asyncmigrations.benchmarks.backfill.client.ForegroundClient;
import org.asyncmigrations.benchmarks.backfill.client.Waits;
import org.asyncmigrations.benchmarks.backfill.server.Check;
import org.asyncmigrations.benchmarks.backfill.server.Server;
import org.asyncmigrations.benchmarks.backfill.server.Sessions;
import org.asyncmigrations.benchmarks.backfill.way.WayProcess;
import org.asyncmigrations.benchmarks.backfill.way.Ways;

/**
 * Runs one way after another on a server: each with a new table, in a new JVM, next to the client. Checks every row afterwards.
 *
 * @param server the server
 * @param plan what is measured
 * @param work a directory for temporary files
 */
record Trial(Server server, Plan plan, Path work) {
    /** Long enough to include a few of the server's own pauses. */
    private static final long REST_MILLIS = 10_000;

    Run run(String way) throws IOException, SQLException, InterruptedException {
        Run run = way.equals(Plan.REST) ? rest() : fill(way);
        System.out.print("\n" + way + ": " + run);
        return run;
    }

    private Run rest() throws IOException, SQLException, InterruptedException {
        server.reset(plan.rows());
        try (ForegroundClient client = new ForegroundClient(server.clientUrl(), plan.rows())) {
            client.start();
            client.measure();
            Thread.sleep(REST_MILLIS);
            Waits waits = client.end();
            Check.run(server.url(), plan.rows(), 0, client.written());
            return new Run(0, new WayProcess.Outcome(Double.NaN, Double.NaN, Double.NaN), waits, List.of(), Map.of());
        }
    }

    private Run fill(String way) throws IOException, SQLException, InterruptedException {
        WayProcess.Task task =
                new WayProcess.Task(way, server.url(), plan.rows(), plan.warm(), plan.batch(), plan.target());
        Path trace = work.resolve("trace");
        Measured measured;
        try (WayProcess process = WayProcess.start(task, plan.heap(), trace)) {
            if (plan.warm() > 0) {
                server.reset(plan.warm());
                process.prepare();
                process.run();
                process.outcome();
            }
            server.reset(plan.rows());
            measured = measured(way, process);
        }
        return new Run(plan.rows(), measured.outcome, measured.waits, batches(trace), measured.account);
    }

    private record Measured(WayProcess.Outcome outcome, Waits waits, Map<String, Double> account) {}

    private Measured measured(String way, WayProcess process) throws IOException, SQLException, InterruptedException {
        try (ForegroundClient client = new ForegroundClient(server.clientUrl(), plan.rows())) {
            if (plan.hasClient()) {
                client.start();
            }
            process.prepare();
            if (plan.hasClient()) {
                client.measure();
            }
            Map<String, Double> account = Map.of();
            if (plan.accounts()) {
                try (Sessions sessions = server.sessions(Ways.workers(way))) {
                    process.run();
                    account = sessions.end();
                }
            } else {
                process.run();
            }
            Waits waits = client.end();
            WayProcess.Outcome outcome = process.outcome();
            Check.run(server.url(), plan.rows(), plan.rows(), client.written());
            return new Measured(outcome, waits, account);
        }
    }

    private static List<Run.Batch> batches(Path trace) throws IOException {
        try (Stream<String> lines = Files.lines(trace)) {
            return lines.map(line -> line.split(" "))
                    .map(words -> new Run.Batch(Long.parseLong(words[0]) / 1e9, Long.parseLong(words[1])))
                    .toList();
        }
    }
}
