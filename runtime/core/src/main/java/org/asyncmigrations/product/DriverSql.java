package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the one statement of a start is written with, before anything was asked of the server. Immutable and thread-safe.
 *
 * @param quote what names stand in
 * @param ownSchemaOnly a condition that holds for a table in the connection's own schema, and not for one that was found further
 *     along its search path; {@code {0}} is the table in quotes, within a literal; empty for products that look nowhere else
 * @param unlimited what follows a query of which no row may be missing, empty for products that limit none
 */
public record DriverSql(String quote, String ownSchemaOnly, String unlimited) {
    private static final DriverSql POSTGRES =
            new DriverSql("\"", " where tableoid = (select to_regclass(quote_ident(current_schema()) || '.{0}'))", "");
    private static final DriverSql H2 = new DriverSql(
            "\"",
            " where exists (select 1 from information_schema.tables"
                    + " where table_schema = schema() and lower('\"' || table_name || '\"') = lower('{0}'))",
            "");
    // A limit of the statement's own goes before one that a DBA has set for the session.
    private static final DriverSql INNODB = new DriverSql("`", "", " limit 18446744073709551615");

    /**
     * What a connection's product needs. A driver that is known is not asked for its metadata: in a new JVM, to load that
     * takes PostgreSQL's longer than to read a thousand rows.
     *
     * @param connection a connection of a driver, or what a pool has put around one
     * @return what it needs
     * @throws SQLException when the driver does not tell
     */
    public static DriverSql of(Connection connection) throws SQLException {
        String driver = driver(connection);
        if (driver.startsWith("org.postgresql.")) {
            return POSTGRES;
        }
        if (driver.startsWith("org.h2.")) {
            return H2;
        }
        if (driver.startsWith("org.mariadb.") || driver.startsWith("com.mysql.")) {
            return INNODB;
        }
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> POSTGRES;
            case "H2" -> H2;
            default -> new DriverSql(connection.getMetaData().getIdentifierQuoteString(), "", "");
        };
    }

    /**
     * A name in quotes.
     *
     * @param name the name
     * @return the name as statements have it
     */
    public String quoted(String name) {
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /**
     * The table of a schema, or the one of the connection's own schema.
     *
     * @param schema the schema, empty for the connection's own
     * @param table the table
     * @return what follows FROM
     */
    public String from(String schema, String table) {
        String from = schema.isEmpty()
                ? quoted(table) + ownSchemaOnly.replace("{0}", quoted(table).replace("'", "''"))
                : quoted(schema) + "." + quoted(table);
        return from + unlimited;
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
