package org.asyncmigrations.benchmarks.backfill.way;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement for the whole table: what all others are compared with. */
record SingleUpdate() implements Way {
    @Override
    public void run(Order order) throws SQLException {
        try (Connection connection = order.pool().getConnection();
                Statement statement = connection.createStatement()) {
            order.trace().batch(statement.executeUpdate("update customers set email_normalized = lower(trim(email))"));
        }
    }
}
