package org.asyncmigrations.benchmarks.backfill.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.asyncmigrations.benchmarks.measure.Threads;
import org.jspecify.annotations.Nullable;

/**
 * Samples the sessions of a way every few milliseconds, with a thread and a session of its own, and adds up what they did. This
 * takes some of the server's time, so a recorded run is slower than others.
 */
public final class Sessions implements AutoCloseable {
    private static final long PERIOD_NANOS = Duration.ofMillis(10).toNanos();

    private final Connection connection;
    private final PreparedStatement sessions;
    private final int workers;
    private final long begin;
    private final Map<String, Double> seconds = new HashMap<>();
    private final Thread thread = new Thread(this::watch, "sessions");
    private volatile boolean ended;
    private volatile @Nullable SQLException failure;

    /**
     * Connects, and begins to sample.
     *
     * @param url where the server is
     * @param query returns a row for each session that is in a transaction or a statement: what it waits for, null for nothing;
     *     and its statement, null if it waits for its client
     * @param workers how many sessions could be working at the same time; the others have no transaction
     * @throws SQLException if the server failed
     */
    public Sessions(String url, String query, int workers) throws SQLException {
        this.connection = DriverManager.getConnection(url);
        this.sessions = connection.prepareStatement(query);
        this.workers = workers;
        this.begin = System.nanoTime();
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            long last = begin;
            for (boolean more = true; more; ) {
                LockSupport.parkNanos(PERIOD_NANOS);
                // Also what is left after the last sample is counted.
                more = !ended;
                long now = System.nanoTime();
                count((now - last) / 1e9);
                last = now;
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void count(double time) throws SQLException {
        int idle = workers;
        try (ResultSet session = sessions.executeQuery()) {
            while (session.next()) {
                add(time, what(session.getString(1), session.getString(2)));
                idle--;
            }
        }
        if (idle > 0) {
            add(time * idle, "no transaction");
        }
    }

    private synchronized void add(double time, String what) {
        seconds.merge(what, time, Double::sum);
    }

    private static String what(@Nullable String wait, @Nullable String sql) {
        if (sql == null) {
            return "Java, in a transaction";
        }
        String statement = statement(sql.strip().toLowerCase(Locale.ROOT));
        return wait == null ? statement : statement + ", waits for " + wait;
    }

    private static String statement(String sent) {
        // MariaDB's time limit comes before the statement.
        String sql = sent.replaceFirst("^set statement .*? for ", "");
        if (sql.contains("schema_migrations") || sql.contains("async_migration") || sql.contains("migration_ranges")) {
            return "state tables";
        }
        if (sql.startsWith("commit")) {
            return "commit";
        }
        if (sql.startsWith("rollback")) {
            return "rollback";
        }
        if (sql.startsWith("update") || sql.startsWith("merge") || sql.startsWith("insert") || sql.startsWith("call")) {
            return "change";
        }
        if (!sql.startsWith("select") || !sql.contains("customers")) {
            return "settings";
        }
        if (sql.contains("count(") || sql.contains("exists")) {
            return "count";
        }
        return sql.contains("email") ? "read rows" : "ends of batches and ranges";
    }

    /**
     * Ends the recording.
     *
     * @return the seconds of all workers by activity; their sum is the number of workers times the duration
     * @throws SQLException if the server failed
     */
    public Map<String, Double> end() throws SQLException {
        close();
        if (failure != null) {
            throw failure;
        }
        synchronized (this) {
            return Map.copyOf(seconds);
        }
    }

    @Override
    public void close() throws SQLException {
        ended = true;
        Threads.join(List.of(thread));
        connection.close();
    }
}
