package org.asyncmigrations.benchmarks.backfill.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** PostgreSQL. The embedded server has settings for tests; this one is set up as in production. */
public final class PostgresServer implements Server {
    private static final String EMAIL = "repeat(' ', i % 3) || 'Customer.' || i || '@Mail.Example.COM'";

    private static final String LOG = "4GB";

    /** Files of 16 MB that {@link #LOG} has room for. */
    private static final int MOST_LOG_FILES = 250;

    /** A run writes some 700 bytes of log for each row, and filling its table as much again. */
    private static final int ROWS_PER_LOG_FILE = 10_000;

    /** Identifies the foreground client's sessions. */
    private static final String CLIENT = "foreground";

    private final EmbeddedPostgres server;
    private final String url;

    /**
     * Starts the server and fills the table.
     *
     * @param rows how many rows; their keys are 1 to this number
     * @throws IOException if it doesn't start
     * @throws SQLException if the server fails
     */
    public PostgresServer(int rows) throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", LOG)
                .setServerConfig("min_wal_size", LOG)
                // It starts every half minute, so it would meet only the ways that take longer. Each table is vacuumed
                // before.
                .setServerConfig("autovacuum", "off")
                .start();
        url = server.getJdbcUrl("postgres", "postgres") + "&currentSchema=";
        try {
            fill(rows);
        } catch (SQLException | RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private void fill(int rows) throws SQLException {
        Script.run(
                url + "template",
                "create schema template",
                Script.schema(),
                "insert into customers select i, " + EMAIL + ", null, timestamp '2020-01-01' + i * interval '1 second',"
                        + " repeat(md5(i::text), 3), 0 from generate_series(1, " + rows + ") i",
                "vacuum analyze customers",
                // A server that has run for a while reuses the files of its log. A new one would create them during the
                // runs, and each commit would wait for that.
                "do $$ begin for i in 1.." + Math.min(MOST_LOG_FILES, rows / ROWS_PER_LOG_FILE)
                        + " loop perform pg_logical_emit_message(false, 'log', 'file'); perform pg_switch_wal();"
                        + " end loop; end $$",
                "checkpoint");
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String line() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url + "template")) {
            return Script.line(
                    connection,
                    "select 'PostgreSQL ' || current_setting('server_version') || ': fsync ' || current_setting('fsync')"
                            + " || ', synchronous_commit ' || current_setting('synchronous_commit')"
                            + " || ', shared_buffers ' || current_setting('shared_buffers')"
                            + " || ', max_wal_size ' || current_setting('max_wal_size')");
        }
    }

    @Override
    public String url() {
        return url + "run";
    }

    @Override
    public String clientUrl() {
        return url() + "&ApplicationName=" + CLIENT;
    }

    @Override
    public Sessions sessions(int workers) throws SQLException {
        return new Sessions(url + "template", """
                select wait_event_type || ' ' || wait_event,
                    case when state = 'active' then query end
                from pg_stat_activity
                where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> '%s'
                  and (state = 'active' or state like 'idle in transaction%%')""".formatted(CLIENT), workers);
    }

    @Override
    public void reset(int rows) throws SQLException {
        Script.run(
                url(),
                "drop schema if exists run cascade",
                "create schema run",
                Script.schema(),
                "insert into customers select * from template.customers where id <= " + rows + " order by id",
                "vacuum analyze customers",
                "checkpoint");
    }

    /**
     * Adds a table like {@code customers} to those that {@link #reset} has created.
     *
     * @param name its name
     * @param rows how many rows, the first of those that the server was started with
     * @throws SQLException if the server fails
     */
    public void addTable(String name, int rows) throws SQLException {
        Script.run(
                url(),
                "create table " + name + " (like customers including all)",
                "insert into " + name + " select * from template.customers where id <= " + rows + " order by id",
                "vacuum analyze " + name,
                "checkpoint");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
