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

/** A start of an application, in a JVM of its own, that says what it took. What it uses besides is kept small: it is counted. */
final class MeasuredStart {
    /** What the lines begin with that are meant for the benchmark. */
    static final String TOOK = "took ";

    /** The statement before the first that is counted. */
    static final String FROM_HERE = "select 'counted from here'";

    /** Flyway takes two at once, our workers and their maintenance three: nobody waits for a connection. */
    private static final int CONNECTIONS = 4;

    private MeasuredStart() {}

    /**
     * Starts.
     *
     * @param words the start's class, the database, how many calls are made before those that are told, and how many are told
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

    /** An application has used its pool before: nobody is timed for the driver's classes, nor for connecting. */
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
