package org.asyncmigrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;

/**
 * Brings a transaction's limits to the server: on PostgreSQL and MariaDB in one round trip before its first statement, on
 * MariaDB also before each statement of the user's, since it has no setting that ends with a transaction.
 */
final class TransactionSettings {
    private TransactionSettings() {}

    /**
     * What not every server can.
     *
     * @param looksAfterClients whether it looks whether its client is still there; not every platform lets it
     * @param timesTransactions whether it ends a transaction that takes too long: PostgreSQL from 17 on
     */
    record Abilities(boolean looksAfterClients, boolean timesTransactions) {
        static final Abilities NONE = new Abilities(false, false);
    }

    /** {@return what the server can, asked once for all its connections} */
    static Abilities abilities(Connection connection, Database database) throws SQLException {
        return database == Database.POSTGRES
                ? new Abilities(
                        takes(connection, "client_connection_check_interval", "1000ms"),
                        takes(connection, "transaction_timeout", "0"))
                : Abilities.NONE;
    }

    private static boolean takes(Connection connection, String setting, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select " + local(setting, value));
            return true;
        } catch (SQLException refused) {
            return false;
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    static void begin(Connection connection, Database database, Abilities abilities, Limits limits)
            throws SQLException {
        String sql = switch (database) {
            case POSTGRES -> "set transaction isolation level read committed; " + postgres(limits, abilities);
            case MARIADB, MYSQL -> "set transaction isolation level read committed";
            // H2 knows no setting for one transaction; read committed is its default.
            case H2 -> "";
        };
        if (!sql.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    private static String postgres(Limits limits, Abilities abilities) {
        return "select " + local("lock_timeout", limits.lockTimeout().toMillis() + "ms") + ", "
                + local("statement_timeout", limits.statementTimeout().toMillis() + "ms") + ", "
                + local(
                        "idle_in_transaction_session_timeout",
                        limits.idleTimeout().toMillis() + "ms") + ", "
                + (abilities.timesTransactions()
                        ? local(
                                        "transaction_timeout",
                                        limits.transactionTimeout().toMillis() + "ms") + ", "
                        : "")
                // What a batch has done and how far it came are lost together, or not at all; the cores are
                // others'; and a plan for any stretch would be a guess at how long this one is.
                + (limits.sparesServer()
                        ? local("synchronous_commit", "off") + ", " + local("max_parallel_workers_per_gather", "0")
                                + ", " + local("plan_cache_mode", "force_custom_plan") + ", "
                        : "")
                // A client that was killed leaves no socket: the server looks, and ends its statement.
                + (abilities.looksAfterClients() ? local("client_connection_check_interval", "1000ms") + ", " : "")
                // 63 bytes is all that the server keeps of a name.
                + local("application_name", ascii(limits.applicationName()));
    }

    private static String local(String setting, String value) {
        return "set_config('" + setting + "', '" + value + "', true)";
    }

    /** The name without what could end the literal it is written into, or be lost on the way. */
    static String ascii(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9:._-]", "_");
        return plain.substring(0, Math.min(63, plain.length()));
    }

    /** The listener that gives each statement of the user's its limits, where the transaction cannot. Used by one thread. */
    static final class BeforeEachStatement implements ExecuteListener {
        private static final long serialVersionUID = 1L;

        /** MariaDB's error for a statement that ran out of time. */
        private static final int OUT_OF_TIME = 1969;

        /** Its timer and our stop watch are not the same. */
        private static final long SLACK_NANOS = 1_000_000;

        private final String prefix;
        private final long limitNanos;
        private boolean limited;
        private long began;

        BeforeEachStatement(Limits limits) {
            this.limitNanos = limits.statementTimeout().toNanos();
            // Whole seconds only: less than one means not to wait at all, and to try the batch again.
            long lockSeconds = limits.lockTimeout().toSeconds();
            double statementSeconds = limits.statementTimeout().toMillis() / 1000.0;
            this.prefix = "set statement innodb_lock_wait_timeout = " + lockSeconds + ", max_statement_time = "
                    + statementSeconds + " for ";
        }

        @Override
        public void renderEnd(ExecuteContext context) {
            String sql = context.sql();
            limited = sql != null && isDataStatement(sql);
            if (limited) {
                context.sql(prefix + sql);
            }
        }

        @Override
        public void executeStart(ExecuteContext context) {
            began = System.nanoTime();
        }

        /**
         * An UPDATE or DELETE whose time runs out while it is being optimized says that it has changed no row, and not that it was
         * ended (seen on MariaDB 11.4): whatever has used its time up counts as ended.
         */
        @Override
        public void executeEnd(ExecuteContext context) {
            if (limited && limitNanos > 0 && System.nanoTime() - began >= limitNanos - SLACK_NANOS) {
                SQLException outOfTime = new SQLTimeoutException(
                        "the statement has used up its time, and may have been ended by the server",
                        "70100",
                        OUT_OF_TIME);
                throw new DataAccessException(String.valueOf(outOfTime.getMessage()), outOfTime);
            }
        }

        private static boolean isDataStatement(String sql) {
            String start = sql.stripLeading().toLowerCase(java.util.Locale.ROOT);
            return start.startsWith("update")
                    || start.startsWith("delete")
                    || start.startsWith("insert")
                    || start.startsWith("select")
                    || start.startsWith("replace")
                    || start.startsWith("with");
        }
    }
}
