package org.asyncmigrations.benchmarks.backfill.way;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * This project's protocol in plain JDBC, which shows the least that any implementation of it can cost: ranges that are claimed at
 * a frontier, timeouts and a savepoint for each batch, a query for its last key, the condition for pending rows, a fence, and a
 * verification of the whole table at the end.
 *
 * @param number how many workers
 * @param inJava whether each row is read, changed in Java and written, and not changed by one statement
 */
record JdbcProtocol(int number, boolean inJava) implements Way {
    private static final int BATCHES_A_RANGE = 16;

    /** The same exchange as the runtime's, with times that never end a batch: nothing here would try it again. */
    private static final String LIMITS =
            "select set_config('lock_timeout', '5s', true), set_config('statement_timeout', '5s', true),"
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
            SideBySide.run(filling.stretches(number), keys -> new Worker(filling, keys.after(), inJava).run());
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

    /** What is done to the rows of a batch. */
    private interface Change extends AutoCloseable {
        /** {@return how many rows are changed} */
        int change(long after, long upTo) throws SQLException;

        @Override
        void close() throws SQLException;
    }

    /** One statement. */
    private static final class InSql implements Change {
        private final PreparedStatement update;

        InSql(Connection connection) throws SQLException {
            update = connection.prepareStatement("update customers set email_normalized = lower(trim(email))"
                    + " where id > ? and id <= ? and email_normalized is null");
        }

        @Override
        public int change(long after, long upTo) throws SQLException {
            update.setLong(1, after);
            update.setLong(2, upTo);
            return update.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            update.close();
        }
    }

    /** The rows are locked, read, and written from arrays on PostgreSQL, and in a batch of statements on MariaDB. */
    private static final class InJava implements Change {
        private final Connection connection;
        private final boolean mariaDb;
        private final PreparedStatement read;
        private final PreparedStatement write;

        InJava(Connection connection, boolean mariaDb) throws SQLException {
            this.connection = connection;
            this.mariaDb = mariaDb;
            read = connection.prepareStatement("select id, email from customers where id > ? and id <= ?"
                    + " and email_normalized is null order by id for update");
            write = connection.prepareStatement(
                    mariaDb
                            ? "update customers set email_normalized = ? where id = ?"
                            : "update customers set email_normalized = changed.email"
                                    + " from unnest(?, ?) as changed(id, email)"
                                    + " where customers.id = changed.id and customers.id > ? and customers.id <= ?");
        }

        @Override
        public int change(long after, long upTo) throws SQLException {
            List<Long> ids = new ArrayList<>();
            List<String> emails = new ArrayList<>();
            read.setLong(1, after);
            read.setLong(2, upTo);
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                    emails.add(row.getString(2).trim().toLowerCase(Locale.ROOT));
                }
            }
            if (!mariaDb) {
                write.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                write.setArray(2, connection.createArrayOf("text", emails.toArray()));
                write.setLong(3, after);
                write.setLong(4, upTo);
                return write.executeUpdate();
            }
            for (int i = 0; i < ids.size(); i++) {
                write.setString(1, emails.get(i));
                write.setLong(2, ids.get(i));
                write.addBatch();
            }
            return write.executeBatch().length;
        }

        @Override
        public void close() throws SQLException {
            read.close();
            write.close();
        }
    }

    /**
     * A worker.
     *
     * @param filling the work
     * @param number distinguishes the workers
     * @param inJava whether rows are changed in Java
     */
    private record Worker(Filling filling, long number, boolean inJava) {
        void run() throws SQLException {
            try (Connection connection = filling.pool().getConnection();
                    PreparedStatement frontier = connection.prepareStatement("select key_up_to from frontier");
                    PreparedStatement hand =
                            connection.prepareStatement("update frontier set key_up_to = ? where key_up_to = ?");
                    PreparedStatement end = connection.prepareStatement(
                            "select id from customers where id > ? and id <= ? order by id limit 1 offset ?");
                    Change update = inJava ? new InJava(connection, filling.mariaDb()) : new InSql(connection);
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
                Change update,
                PreparedStatement fence,
                long after,
                long to)
                throws SQLException {
            if (!filling.mariaDb()) {
                plain.execute(LIMITS);
            }
            Savepoint before = connection.setSavepoint();
            long last = end(end, after, to, filling.batch());
            int rows = update.change(after, last);
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
