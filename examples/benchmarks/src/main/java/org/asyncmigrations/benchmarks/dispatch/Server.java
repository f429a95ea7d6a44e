package org.asyncmigrations.benchmarks.dispatch;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The benchmark's own PostgreSQL. Its log shows what was sent to it. */
final class Server implements AutoCloseable {
    private static final Pattern STATEMENT = Pattern.compile("(\\w+):(\\d+):LOG:  (?:statement|execute [^:]*): (.*)");

    private final EmbeddedPostgres postgres;
    private final Path log;

    private Server(EmbeddedPostgres postgres, Path log) {
        this.postgres = postgres;
        this.log = log;
    }

    static Server started(Path work) throws IOException {
        Path log = Files.createFile(work.resolve("server.log"));
        return new Server(
                EmbeddedPostgres.builder()
                        .setServerConfig("log_line_prefix", "%d:%p:")
                        .setOutputRedirector(Redirect.appendTo(log.toFile()))
                        .setErrorRedirector(Redirect.appendTo(log.toFile()))
                        .start(),
                log);
    }

    /** Creates a database, with the tables of a script. */
    String database(String name, String script) throws SQLException {
        execute("postgres", "create database " + name);
        execute(name, script);
        return url(name);
    }

    /** Runs statements without results. */
    void execute(String database, String script) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    /** {@return the number that a query returns} */
    long number(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Sets whether the statements of new connections to a database are logged. */
    void log(String database, boolean logged) throws SQLException {
        execute(
                "postgres",
                "alter database " + database + (logged ? " set log_statement = 'all'" : " reset log_statement"));
    }

    /** {@return the statements sent to a database while they were logged, in order} */
    List<Sent> sent(String database) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.map(STATEMENT::matcher)
                    .filter(Matcher::matches)
                    .filter(line -> line.group(1).equals(database))
                    .map(line -> new Sent(Long.parseLong(line.group(2)), line.group(3)))
                    .toList();
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    private String url(String database) {
        return postgres.getJdbcUrl("postgres", database);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
