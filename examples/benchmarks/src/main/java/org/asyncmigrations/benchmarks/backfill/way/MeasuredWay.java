package org.asyncmigrations.benchmarks.backfill.way;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asyncmigrations.benchmarks.measure.Arguments;

/** Runs one way in this JVM, on commands from standard input, and prints at its end what it took. */
final class MeasuredWay {
    /** Printed when all connections are open. */
    static final String READY = "ready";

    /** Printed after the last commit. */
    static final String ENDED = "ended";

    /** Printed before the figures. */
    static final String DONE = "done ";

    /** Hikari's default, which most applications have. */
    private static final int CONNECTIONS = 10;

    private MeasuredWay() {}

    public static void main(String... words) throws Exception {
        Arguments arguments =
                Arguments.of(List.of(words), List.of("way", "url", "rows", "warm", "batch", "target", "trace"));
        Path trace = Path.of(arguments.word("trace", ""));
        if (arguments.number("warm", 0) > 0) {
            round(arguments, "warm", trace.resolveSibling("warm"));
        }
        round(arguments, "rows", trace);
    }

    /** Connects at the first command, since the table was just created again, and runs at the second. */
    private static void round(Arguments arguments, String rows, Path file) throws Exception {
        if (System.in.read() < 0) {
            return;
        }
        try (HikariDataSource pool = pool(arguments.word("url", ""));
                Trace trace = new Trace(file)) {
            Way.Work work = Ways.of(arguments.word("way", ""))
                    .prepare(new Filling(
                            pool,
                            arguments.word("url", "").startsWith("jdbc:mariadb:"),
                            arguments.number(rows, 0),
                            arguments.number("batch", 0),
                            Duration.ofMillis(arguments.number("target", 0)),
                            trace));
            openAll(pool);
            System.out.println(READY);
            if (System.in.read() >= 0) {
                measure(work, trace);
            }
        }
    }

    private static void measure(Way.Work work, Trace trace) throws Exception {
        Heap heap = new Heap();
        trace.begin();
        long begin = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.println(ENDED);
        System.out.printf(Locale.ROOT, "%s%f %f %f%n", DONE, seconds, heap.peakMegabytes(), heap.liveMegabytes());
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    /** Otherwise, the pool would open them during the run. */
    private static void openAll(HikariDataSource pool) throws SQLException {
        List<Connection> open = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            open.add(pool.getConnection());
        }
        for (Connection connection : open) {
            connection.close();
        }
    }
}
