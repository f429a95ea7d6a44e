package org.asyncmigrations.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database to ask. Opens a new connection for each question: there are few, and the database may be restarted between two of
 * them.
 *
 * @param url the JDBC URL
 * @param properties user, password, and the other properties of the credentials file for the driver
 */
record Database(String url, Properties properties) implements DataSource {
    /**
     * The database named by options and environment.
     *
     * @param option the value of --url, null for none
     * @param credentials the value of --credentials, null for none
     * @param env the environment's variables
     * @return the database; it hasn't been asked anything yet
     * @throws IllegalArgumentException if it can't be a database; the message is a sentence for people
     */
    static Database of(@Nullable String option, @Nullable Path credentials, Map<String, String> env) {
        String url = option == null ? env.getOrDefault("ASYNC_MIGRATIONS_URL", "") : option;
        if (url.isBlank()) {
            throw new IllegalArgumentException("no database is named; give --url, or set ASYNC_MIGRATIONS_URL");
        }
        if (Passwords.isInUrl(url)) {
            throw new IllegalArgumentException(
                    "a password must not be in the URL, which process lists and logs show; " + Passwords.WAY);
        }
        if (!url.startsWith("jdbc:")) {
            throw new IllegalArgumentException(
                    "the URL must be a JDBC URL, such as jdbc:postgresql://db.example.com/shop");
        }
        try {
            DriverManager.getDriver(url);
        } catch (SQLException none) {
            throw new IllegalArgumentException("no driver accepts this URL: " + missing(url));
        }
        return new Database(existing(url), credentials == null ? fromEnvironment(env) : fromFile(credentials));
    }

    private static String missing(String url) {
        return url.startsWith("jdbc:mysql:")
                ? "MySQL's driver is not in this jar; add MySQL Connector/J to the class path: java -cp"
                        + " async-migrations-cli.jar:mysql-connector-j.jar org.asyncmigrations.cli.Main"
                : "this jar has drivers for jdbc:postgresql:, jdbc:mariadb: and jdbc:h2:";
    }

    /** Prevents H2 from creating a database that doesn't exist. */
    private static String existing(String url) {
        boolean isMade =
                url.startsWith("jdbc:h2:") && !url.toUpperCase(Locale.ROOT).contains(";IFEXISTS=");
        return isMade ? url + ";IFEXISTS=TRUE" : url;
    }

    private static Properties fromEnvironment(Map<String, String> env) {
        Properties properties = new Properties();
        put(properties, "user", env.get("ASYNC_MIGRATIONS_USER"));
        put(properties, "password", env.get("ASYNC_MIGRATIONS_PASSWORD"));
        return properties;
    }

    private static void put(Properties properties, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            properties.setProperty(name, value);
        }
    }

    private static Properties fromFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException problem) {
            throw new IllegalArgumentException("the credentials file " + file + " cannot be read", problem);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** {@return the URL, which contains no password} */
    @Override
    public String toString() {
        return url;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
