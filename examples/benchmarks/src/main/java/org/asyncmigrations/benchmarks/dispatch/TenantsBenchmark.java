package org.asyncmigrations.benchmarks.dispatch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.asyncmigrations.benchmarks.measure.Benchmark;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Machine;
import org.asyncmigrations.benchmarks.measure.Table;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.dispatch.Workers;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.release.GateAnswer;

/** What many registries in one process cost, each with a schema of its own: see the page next to the module. */
public final class TenantsBenchmark implements Benchmark {
    private static final String DATABASE = "tenants";

    private final AtomicBoolean open = new AtomicBoolean();
    private final List<Dispatcher> registries = new ArrayList<>();

    /** A benchmark. */
    public TenantsBenchmark() {}

    @Override
    public List<String> arguments() {
        return List.of("tenants", "threads", "rows", "huge", "connections", "lull", "seconds", "first");
    }

    @Override
    public void run(Arguments arguments) throws Exception {
        Path work = Files.createTempDirectory("tenants-benchmark");
        int tenants = arguments.number("tenants", 60);
        int threads = arguments.number("threads", 16);
        int huge = arguments.number("huge", 0);
        try (Server server = Server.started(work);
                Observed observed = new Observed()) {
            System.out.println(tenants + " registries, PostgreSQL, " + Machine.line());
            String url = server.database(DATABASE, schemas(tenants, arguments.number("rows", 1_000), huge));
            try (HikariDataSource pool = pool(url, arguments.number("connections", threads == 0 ? 250 : 40))) {
                if (!arguments.flag("first")) {
                    install(server, pool, tenants);
                }
                Workers workers = threads == 0 ? null : Workers.shared(threads);
                long begun = System.nanoTime();
                List<Dispatch> all = dispatched(pool, tenants, workers);
                double small = untilAll(all.subList(1, tenants), Outcome.HELD, begun);
                double held = untilAll(all, Outcome.HELD, begun);
                long connections = connections(server);
                Thread.sleep(Duration.ofSeconds(arguments.number("lull", 65)).toMillis());
                double statements = statements(server, arguments.number("seconds", 30));
                long idle = connections(server);
                begun = System.nanoTime();
                open.set(true);
                double done = untilAll(all, Outcome.DONE, begun);
                registries.forEach(Dispatcher::close);
                System.out.println("\n"
                        + new Table(
                                        "registries",
                                        "threads",
                                        "connections at work",
                                        "while they wait",
                                        "statements/s",
                                        "all but the first wait, s",
                                        "all wait, s",
                                        "gate to done, s")
                                .row(
                                        String.valueOf(tenants),
                                        String.valueOf(observed.most()),
                                        String.valueOf(connections),
                                        String.valueOf(idle),
                                        Table.figure(statements, 1),
                                        Table.figure(small, 1),
                                        Table.figure(held, 1),
                                        Table.figure(done, 1)));
            }
        } finally {
            Directories.delete(work);
        }
    }

    private static String schemas(int tenants, int rows, int huge) {
        return """
                do $$ begin for t in 1..%d loop
                  execute format('create schema t%%s', t);
                  execute format('create table t%%s.orders (id bigint primary key, total bigint not null, cents bigint)', t);
                  execute format('insert into t%%s.orders select i, i from generate_series(1, %%s) i', t,
                    case when t = 1 and %d > 0 then %d else %d end);
                  if t %% 100 = 0 then commit; end if;
                end loop; end $$""".formatted(tenants, huge, huge, rows);
    }

    /** Creates the state tables, so that the measured deploy isn't the first one. */
    private static void install(Server server, HikariDataSource pool, int tenants) throws SQLException {
        for (int number = 1; number <= tenants; number++) {
            server.execute(DATABASE, Operator.of(pool).stateSchema("t" + number).ddl());
        }
    }

    private static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        return new HikariDataSource(config);
    }

    private List<Dispatch> dispatched(HikariDataSource pool, int tenants, Workers workers) {
        List<Dispatch> all = new ArrayList<>();
        for (int number = 1; number <= tenants; number++) {
            String schema = "t" + number;
            RegistryBuilder<Dispatcher> builder = RegistryBuilder.of(pool, new TenantBuild(schema))
                    .stateSchema(schema)
                    .settleTime(Duration.ofSeconds(1))
                    .gate(run -> open.get() ? GateAnswer.open() : GateAnswer.notYet("waits for the benchmark"));
            Dispatcher registry = (workers == null ? builder : builder.worker(workers.worker())).build();
            registries.add(registry);
            all.add(registry.dispatch());
        }
        return all;
    }

    private static double untilAll(List<Dispatch> all, Outcome outcome, long begun) throws InterruptedException {
        for (Dispatch dispatch : all) {
            while (dispatch.outcome() != outcome) {
                if (dispatch.outcome() == Outcome.FAILED) {
                    throw new IllegalStateException(dispatch.message());
                }
                Thread.sleep(10);
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static long connections(Server server) throws SQLException {
        return server.number("postgres", "select count(*) from pg_stat_activity where datname = '" + DATABASE + "'");
    }

    private static double statements(Server server, int seconds) throws Exception {
        server.execute("postgres", "alter system set log_statement = 'all'");
        server.execute("postgres", "select pg_reload_conf()");
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        int sent = server.sent(DATABASE).size();
        server.execute("postgres", "alter system reset log_statement");
        server.execute("postgres", "select pg_reload_conf()");
        return (double) sent / seconds;
    }

    /** Counts this project's threads, ten times a second. */
    private static final class Observed implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile long most;

        Observed() {
            Thread thread = new Thread(this::count, "observer");
            thread.setDaemon(true);
            thread.start();
        }

        private void count() {
            try {
                while (!ended.get()) {
                    Thread[] all = new Thread[Thread.activeCount() + 1_000];
                    int number = Thread.enumerate(all);
                    long ours = Arrays.stream(all, 0, number)
                            .filter(thread -> thread.getName().startsWith("async-migrations-"))
                            .count();
                    most = Math.max(most, ours);
                    Thread.sleep(100);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        long most() {
            return most;
        }

        @Override
        public void close() {
            ended.set(true);
        }
    }
}
