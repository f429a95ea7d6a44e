package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** MariaDB, from version 10.6, with any driver. */
public record MariaDb() implements InnoDb {
    /**
     * Whether anyone on the server waits for a row. Checked first, because the table of lock waits isn't refreshed while it is read
     * more often than ten times a second.
     */
    private static final String ANY_WAITER = "select 1 from information_schema.global_status"
            + " where variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS' and variable_value > 0";

    private static final String WAITER = "select 1 from information_schema.innodb_lock_waits w"
            + " join information_schema.innodb_trx t on t.trx_id = w.blocking_trx_id"
            + " where t.trx_mysql_thread_id = connection_id() limit 1";

    private static final String BLOCKER = "select b.trx_mysql_thread_id, p.user, p.host, '',"
            + " timestampdiff(second, b.trx_started, now()), coalesce(b.trx_query, p.info)"
            + " from information_schema.innodb_lock_waits w"
            + " join information_schema.innodb_trx r on r.trx_id = w.requesting_trx_id"
            + " join information_schema.innodb_trx b on b.trx_id = w.blocking_trx_id"
            + " left join information_schema.processlist p on p.id = b.trx_mysql_thread_id"
            + " where r.trx_mysql_thread_id = is_used_lock({0}) limit 1";

    /**
     * Overrides settings that a DBA may have made to protect people from mistakes: they would hide rows, or refuse our statements
     * because they don't recognize the key.
     */
    private static final String UNGUARDED =
            "set statement sql_select_limit = 18446744073709551615, sql_safe_updates = 0";

    @Override
    public String name() {
        return "MariaDB";
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.MARIADB;
    }

    @Override
    public boolean isInTransaction(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select @@in_transaction")) {
            return row.next() && row.getInt(1) != 0;
        }
    }

    @Override
    public String plain(String sql) {
        return UNGUARDED + " for " + sql;
    }

    @Override
    public ExecuteListener beforeEachStatement(Limits limits, Supplier<Duration> lockTimeout) {
        return new SetStatement(limits, lockTimeout);
    }

    @Override
    public Explained explain(DSLContext dsl, Select<?> query) {
        return Explained.ofInnoDb(dsl, query, "explain extended ");
    }

    @Override
    public boolean isWaitedFor(DSLContext dsl) {
        return !dsl.fetch(ANY_WAITER).isEmpty() && !dsl.fetch(WAITER).isEmpty();
    }

    @Override
    public boolean waitsBriefly() {
        return false;
    }

    @Override
    public @Nullable String blocker(DSLContext dsl, String name) {
        return Blocker.first(dsl, BLOCKER, name);
    }

    @Override
    public Replication replication() {
        return Replication.ALL_REPLICAS_STATUS;
    }

    /** Adds the limits to each statement, since no setting ends with a transaction. Used by one thread. */
    private static final class SetStatement implements ExecuteListener {
        private static final long serialVersionUID = 1L;

        /** The error code of the statement timeout. */
        private static final int OUT_OF_TIME = 1969;

        /** The server's timer and this process's stop watch differ slightly. */
        private static final long SLACK_NANOS = 1_000_000;

        private static final List<String> VERBS =
                List.of("update", "delete", "insert", "select", "replace", "with", "(select");

        private final transient Limits limits;
        private final transient Supplier<Duration> lockTimeout;
        private boolean limited;
        private long began;

        SetStatement(Limits limits, Supplier<Duration> lockTimeout) {
            this.lockTimeout = lockTimeout;
            this.limits = limits;
        }

        @Override
        public void renderEnd(ExecuteContext context) {
            String sql = context.sql();
            limited = sql != null && isDataStatement(sql);
            if (limited) {
                context.sql(prefix() + sql);
            }
        }

        private String prefix() {
            Duration lock = lockTimeout.get();
            return UNGUARDED
                    // In whole seconds: a batch, whose limit is usually shorter, doesn't wait and is tried again.
                    + ", innodb_lock_wait_timeout = " + (lock.toMillis() + 500) / 1000
                    + ", max_statement_time = " + limits.statementTimeout().toMillis() / 1000.0 + " for ";
        }

        @Override
        public void executeStart(ExecuteContext context) {
            began = System.nanoTime();
        }

        /**
         * If an UPDATE or DELETE times out while it is being optimized, MariaDB reports no changed rows instead of a timeout (seen
         * on 11.4). So a statement that has used up its time counts as timed out.
         */
        @Override
        public void executeEnd(ExecuteContext context) {
            long limit = limits.statementTimeout().toNanos();
            if (limited && limit > 0 && System.nanoTime() - began >= limit - SLACK_NANOS) {
                SQLException outOfTime = new SQLTimeoutException(
                        "the statement has used up its time, and may have been ended by the server",
                        "70100",
                        OUT_OF_TIME);
                throw new DataAccessException(String.valueOf(outOfTime.getMessage()), outOfTime);
            }
        }

        private static boolean isDataStatement(String sql) {
            String start = sql.stripLeading().toLowerCase(Locale.ROOT);
            return VERBS.stream().anyMatch(start::startsWith);
        }
    }
}
