package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Detects the product of a connection. Stateless and thread-safe. */
public final class Products {
    private static final Logger LOG = LoggerFactory.getLogger(Products.class);

    /** The products, for questions that need no server. */
    private static final List<Product> ALL =
            List.of(new Postgres(false, false, false, ""), new MariaDb(), new MySql(""), new H2(0, 0, Map.of()));

    /** Products that use another one's protocol but have their own rules for locks and transactions. */
    private static final Map<String, String> STRANGERS = Map.of(
            "cockroachdb", "CockroachDB",
            "-yb-", "YugabyteDB",
            "yugabyte", "YugabyteDB",
            "redshift", "Amazon Redshift",
            "materialize", "Materialize",
            "risingwave", "RisingWave",
            "tidb", "TiDB",
            "vitess", "Vitess",
            "singlestore", "SingleStore",
            "oceanbase", "OceanBase");

    /** The version text of a genuine PostgreSQL server; others are forks. */
    private static final String POSTGRES_VERSION = "PostgreSQL \\d.*";

    private Products() {}

    /**
     * The product of a connection, as its server reports it. The driver isn't enough: MySQL's also connects to MariaDB.
     *
     * @param connection a connection without an open transaction
     * @param allowUnknown whether a server that is known to be another product is treated as the one whose protocol it uses
     * @return the product
     * @throws SQLException if the server can't be asked
     * @throws UnsupportedProductException if the product isn't supported
     */
    public static Product of(Connection connection, boolean allowUnknown) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String name = data.getDatabaseProductName();
        String version = version(connection, name, data.getDatabaseProductVersion());
        String stranger = stranger(name + " " + version);
        if (stranger != null && !allowUnknown) {
            throw new UnsupportedProductException(stranger + " is not supported: it speaks another product's protocol"
                    + " and has not been tested; use PostgreSQL, MariaDB, MySQL or H2, or try it with"
                    + " allowUnknownProduct() on the builder");
        }
        if (stranger == null && name.equals("PostgreSQL") && !version.matches(POSTGRES_VERSION)) {
            LOG.warn("async migrations have not been tested on this server and treat it as PostgreSQL: {}", version);
        }
        return switch (name) {
            case "PostgreSQL" -> Postgres.of(connection);
            case "MariaDB", "MySQL" ->
                version.toLowerCase(Locale.ROOT).contains("mariadb") ? new MariaDb() : MySql.of(connection);
            case "H2" -> H2.of(connection);
            default -> throw unsupported(name);
        };
    }

    /**
     * Whether a connection is in a transaction that someone else has begun and not ended, as far as its server tells.
     *
     * @param connection a connection without auto-commit
     * @return true for such a transaction
     * @throws SQLException if the server can't be asked
     */
    public static boolean isInTransaction(Connection connection) throws SQLException {
        return said(connection).isInTransaction(connection);
    }

    /**
     * The product of a connection as its driver reports it, without a query. The result lacks what depends on the server's version
     * or settings.
     *
     * @param connection a connection
     * @return the product
     * @throws SQLException if the driver doesn't report it
     * @throws UnsupportedProductException if the product isn't supported
     */
    public static Product said(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        boolean isMariaDb =
                data.getDatabaseProductVersion().toLowerCase(Locale.ROOT).contains("mariadb");
        String name = isMariaDb ? "MariaDB" : data.getDatabaseProductName();
        return ALL.stream()
                .filter(product -> product.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unsupported(name));
    }

    private static UnsupportedProductException unsupported(String name) {
        return new UnsupportedProductException(
                "database " + name + " is not supported; use PostgreSQL, MariaDB, MySQL or H2");
    }

    /** Asks the server, since a driver may only know the version that the server pretends to have. */
    private static String version(Connection connection, String name, String drivers) throws SQLException {
        String sql = switch (name) {
            case "PostgreSQL" -> "select version()";
            case "MySQL", "MariaDB" -> "select concat(version(), ' ', @@version_comment)";
            default -> "";
        };
        if (sql.isEmpty()) {
            return drivers;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : drivers;
        }
    }

    private static @Nullable String stranger(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Optional<String> found =
                STRANGERS.keySet().stream().filter(lower::contains).findFirst();
        return found.map(STRANGERS::get).orElse(null);
    }

    /** {@return the kind of a failure that has a code of one of the products, null for none} */
    static @Nullable Trouble trouble(SQLException failure) {
        for (Product product : ALL) {
            Trouble known = product.trouble(failure);
            if (known != null) {
                return known;
            }
        }
        return null;
    }
}
