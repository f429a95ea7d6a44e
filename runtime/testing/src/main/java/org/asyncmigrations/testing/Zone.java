package org.asyncmigrations.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import org.jooq.SQLDialect;
import org.jooq.tools.jdbc.JDBCUtils;

/** Two time zones, 25 hours apart, so at any time their dates differ. */
enum Zone {
    /** Thirteen hours ahead of UTC. */
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

    /** Sets a session's zone. MariaDB knows the names of zones only if someone has loaded them. */
    void enter(Connection connection) throws SQLException {
        if (isByName(connection)) {
            execute(connection, "set time zone '" + id + "'");
        } else {
            // There, times may have whole seconds, so two runs could be in the same one; but the session's date can
            // be changed.
            execute(
                    connection,
                    "set time_zone = '" + offset + "', timestamp = unix_timestamp() + " + (ordinal() + 1) * DAYS);
        }
    }

    /** Restores a session's own zone. */
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
