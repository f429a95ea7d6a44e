package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/**
 * MySQL, from version 8.0. It has no settings for one statement or one transaction: limits are set for the session, and restored
 * before the connection goes back to its pool.
 *
 * @param before the assignments that restore one of this application's sessions to the state in which its pool hands it out
 */
public record MySql(String before) implements InnoDb {
    private static final String WAITER = "select 1 from performance_schema.data_lock_waits w"
            + " join information_schema.innodb_trx t on t.trx_id = w.blocking_engine_transaction_id"
            + " where t.trx_mysql_thread_id = connection_id() limit 1";

    private static final String BLOCKER = "select b.trx_mysql_thread_id, p.user, p.host, '',"
            + " timestampdiff(second, b.trx_started, now()), coalesce(b.trx_query, p.info) from performance_schema.data_lock_waits w"
            + " join information_schema.innodb_trx r on r.trx_id = w.requesting_engine_transaction_id"
            + " join information_schema.innodb_trx b on b.trx_id = w.blocking_engine_transaction_id"
            + " left join information_schema.processlist p on p.id = b.trx_mysql_thread_id"
            + " where r.trx_mysql_thread_id = is_used_lock({0}) limit 1";

    /** {@return this server, with the current settings of its sessions} */
    static MySql of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select @@session.innodb_lock_wait_timeout,"
                        + " @@session.max_execution_time, @@session.sql_select_limit, @@session.sql_safe_updates")) {
            row.next();
            return new MySql(assignments(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
        }
    }

    private static String assignments(String lock, String statement, String rows, String safe) {
        return "session innodb_lock_wait_timeout = " + lock + ", session max_execution_time = " + statement
                + ", session sql_select_limit = " + rows + ", session sql_safe_updates = " + safe;
    }

    @Override
    public String name() {
        return "MySQL";
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.MYSQL;
    }

    /** The driver only knows the database that it has selected itself, so the server is asked. */
    @Override
    public @Nullable String currentSchema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select database()")) {
            return row.next() ? row.getString(1) : null;
        }
    }

    @Override
    public void begin(Connection connection, Limits limits) throws SQLException {
        InnoDb.super.begin(connection, limits);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set "
                    + assignments(
                            // The minimum is one second.
                            Long.toString(Math.max(1, limits.lockTimeout().toSeconds())),
                            // Only for SELECT; the driver ends other statements.
                            Long.toString(limits.statementTimeout().toMillis()),
                            "18446744073709551615",
                            "0"));
        }
    }

    @Override
    public void restore(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set " + before);
        }
    }

    /** The server doesn't tell without a privilege, so a connection that is handed out in a transaction isn't detected. */
    @Override
    public boolean isInTransaction(Connection connection) throws SQLException {
        return false;
    }

    @Override
    public void raiseLockTimeout(Connection connection, Duration time) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set session innodb_lock_wait_timeout = " + Math.max(1, time.toSeconds()));
        }
    }

    @Override
    public ExecuteListener beforeEachStatement(Limits limits, Supplier<Duration> lockTimeout) {
        return ExecuteListener.onExecuteStart((ExecuteContext context) -> {
            Statement statement = context.statement();
            if (statement != null && !limits.statementTimeout().isZero()) {
                try {
                    limit(statement, limits.statementTimeout());
                } catch (SQLException refused) {
                    context.sqlException(refused);
                }
            }
        });
    }

    /** If statements are prepared on the server (useServerPrepStmts), bytes in a union of values are taken for text. */
    @Override
    public boolean joins(Field<?> column) {
        return column.getConverter().fromType() != byte[].class;
    }

    @Override
    public Explained explain(DSLContext dsl, Select<?> query) {
        return Explained.ofInnoDb(dsl, query, "explain format=traditional ");
    }

    @Override
    public boolean isWaitedFor(DSLContext dsl) {
        return !dsl.fetch(WAITER).isEmpty();
    }

    @Override
    public @Nullable String blocker(DSLContext dsl, String name) {
        return Blocker.first(dsl, BLOCKER, name);
    }

    @Override
    public Replication replication() {
        return Replication.REPLICA_STATUS;
    }

    /** In whole seconds, at least one. The driver ends the statement over a second connection. */
    private static void limit(Statement statement, Duration time) throws SQLException {
        statement.setQueryTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, (time.toMillis() + 999) / 1000)));
    }
}
