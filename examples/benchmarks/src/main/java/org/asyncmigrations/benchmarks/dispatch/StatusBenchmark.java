package org.asyncmigrations.benchmarks.dispatch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.asyncmigrations.benchmarks.measure.Benchmark;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Machine;
import org.asyncmigrations.benchmarks.measure.Median;
import org.asyncmigrations.benchmarks.measure.Rotation;
import org.asyncmigrations.benchmarks.measure.Table;
import org.asyncmigrations.operator.Operator;

/** What reading the whole status costs the database: see the page next to the module. */
public final class StatusBenchmark implements Benchmark {
    private static final String STATUS = "Operator.status()";
    private static final String ONE_STATUS = "the first one of an Operator";
    private static final String ORDER = "an order that is refused";
    private static final String SELECT = "plain select of the same rows";

    /** A benchmark. */
    public StatusBenchmark() {}

    @Override
    public List<String> arguments() {
        return List.of("migrations", "instances", "runs");
    }

    @Override
    public void run(Arguments arguments) throws Exception {
        Path work = Files.createTempDirectory("status-benchmark");
        int migrations = arguments.number("migrations", 1_000);
        int instances = arguments.number("instances", 100);
        try (Server server = Server.started(work)) {
            System.out.println("the status of " + migrations + " migrations and " + instances
                    + " instances, PostgreSQL, " + Machine.line());
            String url = server.database("status", "select 1");
            fill(server, url, migrations, instances);
            Map<String, Integer> statements = statements(server, url);
            Map<String, Long> rows = rows(server, url);
            try (HikariDataSource pool = pool(url)) {
                Map<String, Callable<Double>> timed = new LinkedHashMap<>();
                callers(pool).forEach((name, caller) -> timed.put(name, () -> millis(caller)));
                new Rotation(arguments.number("runs", 300) / 3).run("warming up", timed);
                Map<String, List<Double>> took = new Rotation(arguments.number("runs", 300)).run("measured", timed);
                System.out.println("\n" + table(statements, rows, took));
            }
        } finally {
            Directories.delete(work);
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private static double millis(Callable<?> caller) throws Exception {
        long began = System.nanoTime();
        caller.call();
        return (System.nanoTime() - began) / 1e6;
    }

    private static Map<String, Callable<?>> callers(HikariDataSource pool) {
        Operator operator = Operator.of(pool);
        Map<String, Callable<?>> callers = new LinkedHashMap<>();
        callers.put(STATUS, operator::status);
        callers.put(ONE_STATUS, () -> Operator.of(pool).status());
        callers.put(ORDER, () -> operator.as("ana").resume(1, "it is not paused"));
        callers.put(SELECT, () -> select(pool));
        return callers;
    }

    private static Map<String, Integer> statements(Server server, String url) throws Exception {
        Map<String, Integer> statements = new LinkedHashMap<>();
        server.log("status", true);
        try (HikariDataSource pool = pool(url)) {
            for (Map.Entry<String, Callable<?>> caller : callers(pool).entrySet()) {
                caller.getValue().call();
                int before = server.sent("status").size();
                caller.getValue().call();
                statements.put(caller.getKey(), server.sent("status").size() - before);
            }
        } finally {
            server.log("status", false);
        }
        return statements;
    }

    /**
     * {@return how many rows the server reads for one call} A session reports that only when it ends, so two sessions are
     * compared whose numbers of calls differ by ten.
     */
    private static Map<String, Long> rows(Server server, String url) throws Exception {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String name : List.of(STATUS, ONE_STATUS, ORDER, SELECT)) {
            long one = read(server, url, name, 1);
            rows.put(name, (read(server, url, name, 11) - one) / 10);
        }
        return rows;
    }

    private static long read(Server server, String url, String name, int calls) throws Exception {
        String sum = "select tup_returned from pg_stat_database where datname = 'status'";
        long before = server.number("postgres", sum);
        try (HikariDataSource pool = pool(url)) {
            Callable<?> caller = callers(pool).get(name);
            for (int i = 0; i < calls && caller != null; i++) {
                caller.call();
            }
        }
        return server.number("postgres", "select 0 from pg_sleep(0.3)") + server.number("postgres", sum) - before;
    }

    private static List<Object[]> select(HikariDataSource pool) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "async_schema_migrations",
                    "async_migration_ranges",
                    "async_migration_instances",
                    "async_migration_builds")) {
                try (ResultSet found = statement.executeQuery("select * from " + table)) {
                    int columns = found.getMetaData().getColumnCount();
                    while (found.next()) {
                        Object[] row = new Object[columns];
                        for (int i = 0; i < columns; i++) {
                            row[i] = found.getObject(i + 1);
                        }
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private static Table table(
            Map<String, Integer> statements, Map<String, Long> rows, Map<String, List<Double>> took) {
        Table table = new Table("call", "statements", "rows read", "ms", "to the select");
        double select = Median.of(took.get(SELECT), millis -> millis);
        took.forEach((name, runs) -> {
            double median = Median.of(runs, millis -> millis);
            table.row(
                    name,
                    String.valueOf(statements.get(name)),
                    Table.figure(rows.get(name), 0),
                    Table.figure(median, 2),
                    Table.figure(median / select, 2));
        });
        return table;
    }

    /**
     * Fills the state tables: all migrations but the last three are done, one is walked by four workers, and there are three
     * builds.
     */
    private static void fill(Server server, String url, int migrations, int instances) throws SQLException {
        try (HikariDataSource pool = pool(url)) {
            server.execute("status", Operator.of(pool).ddl());
        }
        server.execute("status", """
                insert into async_schema_migrations (version, name, phase, direction, state, paused, attempts, rows_done,
                  rows_estimated, fingerprint, fingerprint_build, run_id, token, frontier_at_end, next_range, pass, pass_found,
                  keys_walked, batch_size, created_at, updated_at)
                select i, 'com.example.Migration' || i, case when i = %1$d then 'after_release' else 'async' end, 'up',
                  case when i <= %1$d - 3 then 'done' when i = %1$d - 2 then 'processing' else 'created' end, false, 0, 1000000,
                  5000000, md5(i::text), 'new', md5(i::text), 1, false, 1, 1, 0, 1000000, 0, now(), now()
                from generate_series(1, %1$d) i;
                insert into async_migration_ranges (version, range_no, run_id, owner, token, claimed_until, attempts, beats,
                  rows_done, rows_found, keys_walked, updated_at, batch_keys, batch_millis, keys_per_second)
                select %1$d - 2, i, 'r', 'web-' || i, 1, now() + interval '1 day', 1, 1, 0, 0, 0, now(), 1000, 98, 9000
                from generate_series(1, 4) i;
                insert into async_migration_builds (build, versions, first_seen)
                select 'build-' || b, (select string_agg(i::text, ',') from generate_series(1, %1$d) i), now()
                from generate_series(1, 3) b;
                insert into async_migration_instances (instance, host, application, build, release_name, started_at, seen_at)
                select 'web-' || i || ':1:' || i, 'web-' || i, 'shop', 'build-' || i %% 3 + 1, '2.4.0', now(), now() + interval '1 day'
                from generate_series(1, %2$d) i;
                analyze""".formatted(migrations, instances));
    }
}
