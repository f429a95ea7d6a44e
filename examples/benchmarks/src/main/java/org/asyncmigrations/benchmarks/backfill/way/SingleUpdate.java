package org.asyncmigrations.benchmarks.backfill.way;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement for the whole table. All other ways are compared with it. */
record SingleUpdate() implements Way {
    @Override
    public Work prepare(Filling filling) {
        return () -> run(filling);
    }

    private static void run(Filling filling) throws SQLException {
        try (Connection connection = filling.pool().getConnection();
                Statement statement = connection.createStatement()) {
            filling.trace()
                    .batch(statement.executeUpdate("update customers set email_normalized = lower(trim(email))"));
        }
    }
}
