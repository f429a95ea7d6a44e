package org.asyncmigrations;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** The real databases for tests: one server of each kind per JVM, started on first use and stopped with the JVM. */
public enum TestDatabase {
    /** In memory, in this JVM. */
    H2(SQLDialect.H2, "sa"),
    /** An embedded server. */
    POSTGRES(SQLDialect.POSTGRES, PostgresDatabases.USER),
    /** An embedded server. With -Dmysql.url it is that MySQL instead, and its dialect is MYSQL. */
    MARIADB(TestMySql.isGiven() ? SQLDialect.MYSQL : SQLDialect.MARIADB, "root");

    /** As many as any test needs: its workers, their renewals, and a client. */
    private static final int CONNECTIONS = 8;

    private final SQLDialect dialect;
    private final String user;
    private Connection administrator;

    TestDatabase(SQLDialect dialect, String user) {
        this.dialect = dialect;
        this.user = user;
    }

    @Override
    public String toString() {
        return dialect.name();
    }

    /** A test on one of the databases. */
    @FunctionalInterface
    public interface Case {
        /** Runs the test. */
        void run(TestDatabase database) throws Exception;
    }

    /** Runs a test that mostly waits on both servers at the same time. */
    public static void onBothServers(Case trial) throws Exception {
        OwnThreads.runAll(Stream.of(POSTGRES, MARIADB)
                .map(database -> (Callable<Void>) () -> {
                    trial.run(database);
                    return null;
                })
                .toList());
    }

    /** {@return jOOQ's name of the database} */
    public SQLDialect dialect() {
        return dialect;
    }

    /** {@return an empty database with its own pool; close it} */
    public Fresh fresh() {
        String name = take();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(name));
        config.setUsername(user);
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        return new Fresh(pool, DSL.using(pool, dialect), url(name), user, "", () -> drop(name, pool));
    }

    private String take() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        if (this == POSTGRES) {
            return PostgresDatabases.take(name);
        }
        if (this == MARIADB) {
            onMariaDb("create database " + name);
        }
        return name;
    }

    private String url(String database) {
        return switch (this) {
            case H2 -> "jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1";
            case POSTGRES -> PostgresDatabases.url(database);
            case MARIADB ->
                TestMySql.isGiven()
                        ? TestMySql.url(database)
                        : "jdbc:mariadb://localhost:" + TestDatabaseServers.mariaDbPort() + "/" + database;
        };
    }

    private void drop(String name, HikariDataSource pool) {
        if (this == H2) {
            // The database is dropped with its last connection; SHUTDOWN would make the open ones fail.
            DSL.using(pool, dialect).execute("set db_close_delay 0");
        }
        pool.close();
        if (this == POSTGRES) {
            PostgresDatabases.giveBack(name);
        } else if (this == MARIADB) {
            onMariaDb("drop database " + name);
        }
    }

    /** In one session for all tests, because a new one takes as long as the statement. */
    private synchronized void onMariaDb(String sql) {
        try {
            if (administrator == null || !administrator.isValid(10)) {
                administrator = DriverManager.getConnection(url(""), user, "");
            }
            try (Statement statement = administrator.createStatement()) {
                statement.execute(sql);
            }
        } catch (SQLException problem) {
            throw new IllegalStateException(sql, problem);
        }
    }

    /**
     * A database for one test alone.
     *
     * @param dataSource a small pool
     * @param dsl jOOQ on that pool, with the right dialect
     * @param url for connections outside the pool
     * @param user its owner
     * @param password the owner's, empty
     * @param dropping drops or empties it
     */
    public record Fresh(
            DataSource dataSource, DSLContext dsl, String url, String user, String password, Runnable dropping)
            implements AutoCloseable {
        /** Closes the pool, and drops the database or empties it for another test. */
        @Override
        public void close() {
            dropping.run();
        }
    }
}
