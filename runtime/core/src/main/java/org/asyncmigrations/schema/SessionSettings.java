package org.asyncmigrations.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.asyncmigrations.product.Postgres;
import org.asyncmigrations.product.Product;

/** What a session is set to while one statement runs in auto-commit; closing restores what was there before. Used by one thread. */
public final class SessionSettings implements AutoCloseable {
    private final Connection connection;
    private final boolean isPostgres;
    private final Map<String, String> before = new HashMap<>();

    private SessionSettings(Connection connection, boolean isPostgres) {
        this.connection = connection;
        this.isPostgres = isPostgres;
    }

    /**
     * Sets a session for a statement.
     *
     * @param connection the session's
     * @param product its product
     * @param statement the statement
     * @return restores the session
     * @throws SQLException when the server refuses
     */
    public static SessionSettings of(Connection connection, Product product, SchemaStatement statement)
            throws SQLException {
        SessionSettings settings = new SessionSettings(connection, product instanceof Postgres);
        for (Map.Entry<String, String> setting : statement.settings().entrySet()) {
            settings.before.put(setting.getKey(), settings.read(setting.getKey()));
            settings.set(setting.getKey(), setting.getValue());
        }
        return settings;
    }

    private String read(String name) throws SQLException {
        String sql = isPostgres ? "select current_setting('" + name + "')" : "select @@session." + name;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void set(String name, String value) throws SQLException {
        String sql = isPostgres ? "select set_config('" + name + "', ?, false)" : "set session " + name + " = " + value;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (isPostgres) {
                statement.setString(1, value);
            }
            statement.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Map.Entry<String, String> setting : before.entrySet()) {
            set(setting.getKey(), setting.getValue());
        }
    }
}
