package org.asyncmigrations.example.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.asyncmigrations.example.quickstart.customer.Customer;
import org.asyncmigrations.example.quickstart.customer.MessyCustomers;

/** Creates the tables and fills them, in plain JDBC. */
final class Filling {
    /** The prices of the plans before {@code AddTaxToPlans}, in cents. */
    static final long[] PRICES = {0, 1, 99, 500, 999, 1_990, 4_950, 12_345};

    /** One in this many customers has two tokens, an old one and a new one. */
    static final int CUSTOMERS_A_TOKEN = 50;

    /** Rows in one round trip; more would not be faster. */
    private static final int CHUNK = 2_000;

    private Filling() {}

    static void fill(DataSource dataSource, long[] ids) throws SQLException, IOException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            createTables(connection);
            customers(connection, ids);
            plans(connection);
            tokens(connection, ids);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static void createTables(Connection connection) throws SQLException, IOException {
        try (InputStream in = Objects.requireNonNull(Filling.class.getResourceAsStream("/schema.sql"));
                Statement statement = connection.createStatement()) {
            for (String ddl : new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*\n")) {
                statement.execute(ddl);
            }
        }
    }

    private static void customers(Connection connection, long[] ids) throws SQLException {
        String sql = "insert into \"customers\" (\"id\", \"name\", \"email\", \"phone\") values (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < ids.length; i++) {
                Customer customer = MessyCustomers.of(ids[i], 0);
                insert.setLong(1, customer.id());
                insert.setString(2, customer.name());
                insert.setString(3, customer.email());
                insert.setString(4, customer.phone());
                insert.addBatch();
                if ((i + 1) % CHUNK == 0) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            insert.executeBatch();
        }
    }

    private static void plans(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into \"plans\" values (?, ?)")) {
            for (int i = 0; i < PRICES.length; i++) {
                insert.setString(1, "plan-" + i);
                insert.setLong(2, PRICES[i]);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void tokens(Connection connection, long[] ids) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into \"login_tokens\" values (?, ?)")) {
            for (int i = 0; i < ids.length; i += CUSTOMERS_A_TOKEN) {
                for (String kind : new String[] {"v1:", "v2:"}) {
                    insert.setString(1, kind + ids[i]);
                    insert.setLong(2, ids[i]);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
