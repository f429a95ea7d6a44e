package org.asyncmigrations.benchmarks.backfill.way;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Loops as written by hand: each goes through a section of the keys, with one statement and one commit for each batch.
 *
 * @param number how many loops run in parallel
 * @param durable whether each commit waits for the disk; only PostgreSQL can do without
 */
record JdbcLoops(int number, boolean durable) implements Way {
    private static final String SQL =
            "update customers set email_normalized = lower(trim(email)) where id > ? and id <= ?";

    @Override
    public Work prepare(Filling filling) {
        return () -> SideBySide.run(filling.stretches(number), keys -> walk(filling, keys));
    }

    private void walk(Filling filling, Filling.Keys keys) throws SQLException {
        try (Connection connection = filling.pool().getConnection();
                PreparedStatement update = connection.prepareStatement(SQL)) {
            connection.setAutoCommit(false);
            if (!durable && !filling.mariaDb()) {
                execute(connection, "set synchronous_commit = off");
            }
            for (long after = keys.after(); after < keys.upTo(); after += filling.batch()) {
                update.setLong(1, after);
                update.setLong(2, Math.min(after + filling.batch(), keys.upTo()));
                int rows = update.executeUpdate();
                connection.commit();
                filling.trace().batch(rows);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
