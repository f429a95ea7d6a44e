package org.asyncmigrations.benchmarks.backfill.way;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * What this project's protocol costs in plain JDBC, and so the least that any implementation of it can cost: ranges that are handed
 * out at a frontier, limits and a savepoint for each batch, a query for its end, the condition for what is pending, a fence, and a
 * look over the whole table at the end.
 *
 * @param number how many workers
 */
record JdbcProtocol(int number) implements Way {
    private static final int BATCHES_A_RANGE = 16;

    private static final String LIMITS =
            "select set_config('lock_timeout', '100ms', true), set_config('statement_timeout', '200ms', true),"
                    + " set_config('idle_in_transaction_session_timeout', '15s', true),"
                    + " set_config('synchronous_commit', 'off', true)";

    @Override
    public Work prepare(Filling filling) {
        return () -> {
            try (Connection connection = filling.pool().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table frontier (key_up_to bigint not null)");
                statement.execute("insert into frontier values (0)");
                statement.execute(
                        "create table fences (worker bigint primary key, key_up_to bigint, claimed_until timestamp)");
            }
            SideBySide.run(filling.stretches(number), keys -> new Worker(filling, keys.after()).run());
            try (Connection connection = filling.pool().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet pending =
                            statement.executeQuery("select count(*) from customers where email_normalized is null")) {
                pending.next();
                if (pending.getLong(1) > 0) {
                    throw new IllegalStateException("rows are pending");
                }
            }
        };
    }

    /**
     * A worker.
     *
     * @param filling what is filled
     * @param number tells the workers apart
     */
    private record Worker(Filling filling, long number) {
        void run() throws SQLException {
            try (Connection connection = filling.pool().getConnection();
                    PreparedStatement frontier = connection.prepareStatement("select key_up_to from frontier");
                    PreparedStatement hand =
                            connection.prepareStatement("update frontier set key_up_to = ? where key_up_to = ?");
                    PreparedStatement end = connection.prepareStatement(
                            "select id from customers where id > ? and id <= ? order by id limit 1 offset ?");
                    PreparedStatement update =
                            connection.prepareStatement("update customers set email_normalized = lower(trim(email))"
                                    + " where id > ? and id <= ? and email_normalized is null");
                    PreparedStatement fence = connection.prepareStatement("update fences set key_up_to = ?,"
                            + " claimed_until = current_timestamp where worker = " + number);
                    Statement plain = connection.createStatement()) {
                plain.execute("insert into fences values (" + number + ", 0, current_timestamp)");
                connection.setAutoCommit(false);
                for (long from = number(frontier); from < filling.rows(); from = number(frontier)) {
                    long to = end(end, from, filling.rows(), filling.batch() * BATCHES_A_RANGE);
                    hand.setLong(1, to);
                    hand.setLong(2, from);
                    boolean isOurs = hand.executeUpdate() == 1;
                    connection.commit();
                    for (long after = from; isOurs && after < to; ) {
                        after = batch(connection, plain, end, update, fence, after, to);
                    }
                }
                connection.commit();
            }
        }

        private long batch(
                Connection connection,
                Statement plain,
                PreparedStatement end,
                PreparedStatement update,
                PreparedStatement fence,
                long after,
                long to)
                throws SQLException {
            if (!filling.mariaDb()) {
                plain.execute(LIMITS);
            }
            Savepoint before = connection.setSavepoint();
            long last = end(end, after, to, filling.batch());
            update.setLong(1, after);
            update.setLong(2, last);
            int rows = update.executeUpdate();
            connection.releaseSavepoint(before);
            fence.setLong(1, last);
            if (fence.executeUpdate() != 1) {
                throw new IllegalStateException("the fence did not hold");
            }
            connection.commit();
            filling.trace().batch(rows);
            return last;
        }

        private static long end(PreparedStatement end, long after, long to, int keys) throws SQLException {
            end.setLong(1, after);
            end.setLong(2, to);
            end.setInt(3, keys - 1);
            try (ResultSet row = end.executeQuery()) {
                return row.next() ? row.getLong(1) : to;
            }
        }

        private static long number(PreparedStatement query) throws SQLException {
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
