package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the first statement of a start needs, before the server has been asked anything. Immutable and thread-safe.
 *
 * @param quote the quote of names
 * @param ownSchemaOnly a condition that is true for a table in the connection's own schema, and false for one that was found
 *     further along its search path; {@code {0}} is the quoted table, within a literal; empty for products without a search path
 * @param unlimited appended to a query that must return all rows, empty for products that limit none
 */
public record DriverSql(String quote, String ownSchemaOnly, String unlimited) {
    private static final DriverSql POSTGRES =
            new DriverSql("\"", " where tableoid = (select to_regclass(quote_ident(current_schema()) || '.{0}'))", "");
    private static final DriverSql H2 = new DriverSql(
            "\"",
            " where exists (select 1 from information_schema.tables"
                    + " where table_schema = schema() and lower('\"' || table_name || '\"') = lower('{0}'))",
            "");
    // A limit in the statement overrides the one that a DBA has set for the session.
    private static final DriverSql INNODB = new DriverSql("`", "", " limit 18446744073709551615");

    /**
     * The values for a connection's product. Known drivers aren't asked for their metadata: in a new JVM, loading it with
     * PostgreSQL's driver takes longer than reading a thousand rows.
     *
     * @param connection a driver's connection, or a pool's wrapper around one
     * @return the values
     * @throws SQLException if the driver doesn't report its product
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
     * Quotes a name.
     *
     * @param name the name
     * @return the name for a statement
     */
    public String quoted(String name) {
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /**
     * A table in a schema, or in the connection's own schema.
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

    /** The class inside a pool's wrapper. If the wrapper can't be unwrapped, its own class, which is none of the above. */
    private static String driver(Connection connection) {
        try {
            return connection.unwrap(Connection.class).getClass().getName();
        } catch (SQLException | RuntimeException closed) {
            return connection.getClass().getName();
        }
    }
}
