package org.asyncmigrations.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import org.jooq.SQLDialect;
import org.jooq.tools.jdbc.JDBCUtils;

/** Two time zones with 25 hours between them: whenever it is, the date in the one is not that in the other. */
enum Zone {
    /** Thirteen hours before UTC. */
    EAST("Etc/GMT-13", "+13:00"),
    /** Twelve hours behind UTC. */
    WEST("Etc/GMT+12", "-12:00");

    /** A hundred days, in seconds. */
    private static final long DAYS = 8_640_000;

    private final String id;
    private final String offset;

    Zone(String id, String offset) {
        this.id = id;
        this.offset = offset;
    }

    TimeZone ofJava() {
        return TimeZone.getTimeZone(id);
    }

    /** Puts a session there; MariaDB knows zones by their names only where somebody has loaded them. */
    void enter(Connection connection) throws SQLException {
        if (isByName(connection)) {
            execute(connection, "set time zone '" + id + "'");
        } else {
            // Times may have whole seconds there, and two runs be in the same one; but it can be made another day.
            execute(
                    connection,
                    "set time_zone = '" + offset + "', timestamp = unix_timestamp() + " + (ordinal() + 1) * DAYS);
        }
    }

    /** Takes a session back to its own. */
    static void leave(Connection connection) throws SQLException {
        execute(
                connection,
                isByName(connection) ? "set time zone local" : "set time_zone = default, timestamp = default");
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private static boolean isByName(Connection connection) {
        SQLDialect family = JDBCUtils.dialect(connection).family();
        return family == SQLDialect.POSTGRES || family == SQLDialect.H2;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
