package org.asyncmigrations.benchmarks.dispatch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A start of an application, in a JVM of its own, which prints what it took. It uses little besides, because that is counted too.
 */
final class MeasuredStart {
    /** The beginning of the lines for the benchmark. */
    static final String TOOK = "took ";

    /** The last statement before those that are counted. */
    static final String FROM_HERE = "select 'counted from here'";

    /** Flyway uses two at the same time, this project's workers and their maintenance three, so nobody waits for a connection. */
    private static final int CONNECTIONS = 4;

    private MeasuredStart() {}

    /**
     * Starts.
     *
     * @param words the start's class, the database, the number of calls that aren't printed, and the number of calls that are
     */
    public static void main(String... words) throws Exception {
        Start start = (Start) Class.forName(words[0]).getDeclaredConstructor().newInstance();
        int unheeded = Integer.parseInt(words[2]);
        int calls = unheeded + Integer.parseInt(words[3]);
        StringBuilder told = new StringBuilder();
        try (HikariDataSource pool = pool(words[1])) {
            open(pool);
            for (int call = 0; call < calls; call++) {
                String took = once(start, pool);
                if (call >= unheeded) {
                    told.append(took);
                }
            }
        }
        System.out.print(told + TOOK
                + ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toNanos)
                        .orElse(-1L) + "\n");
    }

    private static String once(Start start, DataSource pool) throws Exception {
        long began = System.nanoTime();
        Start.Caller caller = start.caller(pool);
        long made = System.nanoTime();
        caller.call();
        long returned = System.nanoTime();
        caller.end();
        return TOOK + (made - began) + " " + (returned - made) + "\n";
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    /**
     * Opens all connections, because applications have used their pool before. Loading the driver and connecting aren't measured.
     */
    private static void open(DataSource pool) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(pool.getConnection());
                try (Statement statement = all.get(i).createStatement()) {
                    statement.executeQuery(FROM_HERE).close();
                }
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }
}
