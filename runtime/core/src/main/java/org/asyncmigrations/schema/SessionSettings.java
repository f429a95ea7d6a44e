package org.asyncmigrations.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.asyncmigrations.product.Postgres;
import org.asyncmigrations.session.UserWork;

/**
 * What a session is set to while one statement runs in auto-commit. Closing restores what was there before, also after the work was
 * cancelled; a session that can't be restored isn't used again. Used by one thread.
 */
public final class SessionSettings implements AutoCloseable {
    private final UserWork work;
    private final Connection connection;
    private final boolean isPostgres;
    private final Map<String, String> before = new HashMap<>();

    private SessionSettings(UserWork work) {
        this.work = work;
        this.connection = work.session();
        this.isPostgres = work.product() instanceof Postgres;
    }

    /**
     * Sets a session for a statement.
     *
     * @param work the way to the session, outside a transaction if there is something to set
     * @param statement the statement
     * @return restores the session
     * @throws SQLException if the server refuses
     */
    public static SessionSettings of(UserWork work, SchemaStatement statement) throws SQLException {
        SessionSettings settings = new SessionSettings(work);
        try {
            for (Map.Entry<String, String> setting : statement.settings().entrySet()) {
                settings.before.put(setting.getKey(), settings.read(setting.getKey()));
                settings.set(setting.getKey(), setting.getValue());
            }
        } catch (SQLException refused) {
            settings.close();
            throw refused;
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
    public void close() {
        try {
            for (Map.Entry<String, String> setting : before.entrySet()) {
                set(setting.getKey(), setting.getValue());
            }
        } catch (SQLException refused) {
            work.breakConnection();
        }
    }
}
