package org.asyncmigrations.benchmarks.backfill;

import static org.asyncmigrations.benchmarks.measure.Table.figure;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.benchmarks.backfill.client.ForegroundClient;
import org.asyncmigrations.benchmarks.backfill.client.Waits;
import org.asyncmigrations.benchmarks.backfill.server.Check;
import org.asyncmigrations.benchmarks.backfill.server.PostgresServer;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.asyncmigrations.benchmarks.measure.Benchmark;
import org.asyncmigrations.benchmarks.measure.Machine;
import org.asyncmigrations.benchmarks.measure.Median;
import org.asyncmigrations.benchmarks.measure.Rotation;
import org.asyncmigrations.benchmarks.measure.Table;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.state.StateTables;

/** Two back-fills on two tables, one after the other and at the same time: see the page next to the module. */
public final class IndependentBenchmark implements Benchmark {
    /** A benchmark. */
    public IndependentBenchmark() {}

    @Override
    public List<String> arguments() {
        return List.of("rows", "others", "runs", "threads");
    }

    /** Two back-fills, of {@code customers} and of {@code others}. */
    private record Build(boolean independent) implements MigrationCatalog<Dispatcher> {
        private static final List<String> TABLES = List.of("customers", "others");

        @Override
        public String schema() {
            return "";
        }

        @Override
        public String prefix() {
            return "async_";
        }

        @Override
        public List<MigrationEntry> entries() {
            List<MigrationEntry> entries = List.of(
                    MigrationEntry.async(1, "com.acme.FillCustomers", By.PENDING_ROWS, "1"),
                    MigrationEntry.async(2, "com.acme.FillOthers", By.PENDING_ROWS, "2"));
            return independent
                    ? entries.stream().map(MigrationEntry::independently).toList()
                    : entries;
        }

        @Override
        public Object create(int index) {
            return (SqlBackfill) () -> Backfill.of(TABLES.get(index), "id")
                    .pending("email_normalized is null")
                    .set("email_normalized", "lower(trim(email))");
        }

        @Override
        public StateTables tables() {
            return StateTables.named(null, prefix());
        }

        @Override
        public Dispatcher registry(Dispatcher dispatcher) {
            return dispatcher;
        }
    }

    /**
     * One run.
     *
     * @param customers seconds until the first table was done
     * @param others seconds until the second table was done
     * @param waits how long the client, which writes to the first table, had to wait
     */
    private record Run(double customers, double others, Waits waits) {
        double both() {
            return Math.max(customers, others);
        }
    }

    @Override
    public void run(Arguments arguments) throws Exception {
        int rows = arguments.number("rows", 1_500_000);
        int others = arguments.number("others", 1_500_000);
        int threads = arguments.number("threads", 2);
        try (PostgresServer server = new PostgresServer(Math.max(rows, others))) {
            System.out.printf("%,d and %,d rows, %s%n%s%n", rows, others, Machine.line(), server.line());
            Map<String, Callable<Run>> cases = new LinkedHashMap<>();
            cases.put("one after the other", () -> run(server, rows, others, threads, false));
            cases.put("independent", () -> run(server, rows, others, threads, true));
            Table table = new Table(
                    "order", "both done, s", "rows/s", "first table done, s", "second done, s", "p99 ms", "longest ms");
            new Rotation(arguments.number("runs", 5))
                    .run(server.name(), cases)
                    .forEach((order, runs) -> table.row(
                            order,
                            median(runs, Run::both, 2),
                            figure((rows + others) / Median.of(runs, Run::both), 0),
                            median(runs, Run::customers, 2),
                            median(runs, Run::others, 2),
                            median(runs, run -> run.waits().percentile(99), 1),
                            median(runs, run -> run.waits().longest(), 1)));
            System.out.println("\n" + table);
        }
    }

    private static String median(List<Run> runs, ToDoubleFunction<Run> figure, int digits) {
        return figure(Median.of(runs, figure), digits);
    }

    private static Run run(PostgresServer server, int rows, int others, int threads, boolean independent)
            throws Exception {
        server.reset(rows);
        server.addTable("others", others);
        try (HikariDataSource pool = pool(server.url());
                Dispatcher registry = RegistryBuilder.of(pool, new Build(independent))
                        .threads(threads)
                        .build();
                ForegroundClient client = new ForegroundClient(server.clientUrl(), rows)) {
            client.start();
            client.measure();
            Dispatch dispatch = registry.dispatch();
            if (dispatch.await() != Dispatch.Outcome.DONE) {
                throw new IllegalStateException(dispatch.message());
            }
            Waits waits = client.end();
            Check.run(server.url(), rows, rows, client.written());
            List<MigrationStatus.Progress> done = registry.status().migrations().stream()
                    .map(MigrationStatus::progress)
                    .toList();
            Instant began = done.stream()
                    .map(MigrationStatus.Progress::startedAt)
                    .map(Objects::requireNonNull)
                    .min(Instant::compareTo)
                    .orElseThrow();
            return new Run(seconds(began, done.get(0)), seconds(began, done.get(1)), waits);
        }
    }

    private static double seconds(Instant began, MigrationStatus.Progress progress) {
        return Duration.between(began, Objects.requireNonNull(progress.finishedAt()))
                        .toMillis()
                / 1e3;
    }

    private static HikariDataSource pool(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        return pool;
    }
}
