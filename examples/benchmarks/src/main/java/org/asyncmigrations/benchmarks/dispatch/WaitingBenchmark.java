package org.asyncmigrations.benchmarks.dispatch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.benchmarks.measure.Arguments;
import org.asyncmigrations.benchmarks.measure.Benchmark;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Machine;
import org.asyncmigrations.benchmarks.measure.Table;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;

/** What instances with nothing to do send to the database: see the page next to the module. */
public final class WaitingBenchmark implements Benchmark {
    private static final Duration SETTLED = Duration.ofMinutes(5);

    /** How many migrations wait for their gates, if that is the reason. */
    private static final int GATED = 10;

    /** Why there is nothing to do. */
    private enum Why {
        DONE,
        FAILED,
        GATE
    }

    /** A benchmark. */
    public WaitingBenchmark() {}

    @Override
    public List<String> arguments() {
        return List.of("migrations", "instances", "seconds");
    }

    @Override
    public void run(Arguments arguments) throws Exception {
        Path work = Files.createTempDirectory("waiting-benchmark");
        int migrations = arguments.number("migrations", 1_000);
        int seconds = arguments.number("seconds", 30);
        Table table = new Table("nothing to do because", "instances", "statements/s", "rows/s", "KB/s");
        try (Server server = Server.started(work)) {
            System.out.println(
                    migrations + " migrations, PostgreSQL, defaults, " + seconds + " s each, " + Machine.line());
            for (Why why : Why.values()) {
                for (int instances : arguments.numbers("instances", List.of(1, 100))) {
                    Tap.Count count = measured(server, why, migrations, instances, Duration.ofSeconds(seconds));
                    table.row(
                            why.name().toLowerCase(Locale.ROOT),
                            String.valueOf(instances),
                            Table.figure((double) count.statements() / seconds, 1),
                            Table.figure((double) count.rows() / seconds, 1),
                            Table.figure(count.bytes() / 1_000.0 / seconds, 1));
                }
            }
            System.out.println("\n" + table);
        } finally {
            Directories.delete(work);
        }
    }

    private static Tap.Count measured(Server server, Why why, int migrations, int instances, Duration time)
            throws Exception {
        String name = why.name().toLowerCase(Locale.ROOT) + instances;
        URI url = URI.create(server.database(name, "select 1").substring("jdbc:".length()));
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Tap tap = Tap.on(url.getPort());
            opened.push(tap);
            HikariDataSource direct = pool(url, url.getPort());
            opened.push(direct);
            // An older instance, which is live until it is closed. Its statements aren't counted.
            int gated = why == Why.GATE ? GATED : 0;
            opened.push(dispatched(direct, new WaitingBuild(migrations - gated, 0)));
            if (why != Why.FAILED) {
                server.execute(name, "update async_schema_migrations set state = 'done'");
            }
            HikariDataSource tapped = pool(url, tap.port());
            opened.push(tapped);
            for (int i = 0; i < instances; i++) {
                opened.push(dispatched(tapped, new WaitingBuild(migrations, gated)));
            }
            Thread.sleep(time.toMillis() / 3);
            Tap.Count before = tap.count();
            Thread.sleep(time.toMillis());
            return tap.count().since(before);
        } finally {
            while (!opened.isEmpty()) {
                opened.pop().close();
            }
        }
    }

    private static Dispatcher dispatched(HikariDataSource pool, WaitingBuild build) throws InterruptedException {
        Dispatcher instance = RegistryBuilder.of(pool, build).maxAttempts(1).build();
        instance.dispatch().await(SETTLED);
        return instance;
    }

    private static HikariDataSource pool(URI url, int port) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + port + url.getPath()
                + "?user=postgres&sslmode=disable&gssEncMode=disable");
        config.setMaximumPoolSize(20);
        return new HikariDataSource(config);
    }
}
