package org.asyncmigrations.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.asyncmigrations.MigrationException;

/** A new database on a throw-away server, for one command. */
final class ScratchDatabase implements AutoCloseable {
    /** The server, its database, the rest. */
    private static final Pattern URL =
            Pattern.compile("(jdbc:(?:postgresql|mariadb):(?:[a-z-]+:)?(?://[^/?]*)?)/?([^?]*)(\\?.*)?");

    private final Database server;
    private final String name;
    private final boolean isPostgres;

    private ScratchDatabase(Database server, String name) {
        this.server = server;
        this.name = name;
        this.isPostgres = server.url().startsWith("jdbc:postgresql:");
    }

    /**
     * Creates it.
     *
     * @throws IllegalArgumentException if the guard cannot tell anything about the product
     */
    static ScratchDatabase on(Database server) {
        if (!URL.matcher(server.url()).matches()) {
            throw new IllegalArgumentException(
                    "the guard needs PostgreSQL or MariaDB: other databases do not show what a statement locks");
        }
        ScratchDatabase scratch = new ScratchDatabase(
                server,
                "async_migrations_guard_"
                        + Long.toHexString(
                                System.nanoTime() ^ ProcessHandle.current().pid()));
        scratch.execute("create database " + scratch.name);
        return scratch;
    }

    /** Whether two URLs name one server, as far as their texts tell. */
    static boolean isOnServer(String url, String other) {
        return server(url).equals(server(other));
    }

    private static String server(String url) {
        Matcher parts = URL.matcher(url);
        return parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) : url;
    }

    DataSource dataSource() {
        Matcher parts = URL.matcher(server.url());
        parts.matches();
        String rest = parts.group(3) == null ? "" : parts.group(3);
        String host = parts.group(1) + (parts.group(1).contains("//") ? "/" : "");
        return new Database(host + name + rest, server.properties());
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException problem) {
            throw new MigrationException(
                    0, "the throw-away server refused: " + sql + ": " + problem.getMessage(), problem);
        }
    }

    private Connection connect() {
        try {
            return server.getConnection();
        } catch (SQLException problem) {
            throw new MigrationException(
                    0, "the throw-away server cannot be reached: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        execute("drop database " + name + (isPostgres ? " with (force)" : ""));
    }
}
