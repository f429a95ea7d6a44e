package org.asyncmigrations.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What the names in a statement of plain JDBC stand in. Without state, and so safe for threads. */
public final class IdentifierQuote {
    private IdentifierQuote() {}

    /**
     * The quote of a connection's product. A driver that is known is not asked for its metadata: in a new JVM, to load that
     * takes PostgreSQL's longer than to read a thousand rows.
     *
     * @param connection a connection of a driver, or what a pool has put around one
     * @return the quote
     * @throws SQLException when the driver does not tell
     */
    public static String of(Connection connection) throws SQLException {
        String driver = driver(connection);
        if (driver.startsWith("org.postgresql.") || driver.startsWith("org.h2.")) {
            return "\"";
        }
        if (driver.startsWith("org.mariadb.") || driver.startsWith("com.mysql.")) {
            return "`";
        }
        return connection.getMetaData().getIdentifierQuoteString();
    }

    /** The class within what pools put around it; their own where they do not open up, and that is none of those above. */
    private static String driver(Connection connection) {
        try {
            return connection.unwrap(Connection.class).getClass().getName();
        } catch (SQLException | RuntimeException closed) {
            return connection.getClass().getName();
        }
    }
}
