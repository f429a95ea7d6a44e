package org.asyncmigrations.batch;

import org.asyncmigrations.database.Database;
import org.asyncmigrations.database.Session;
import org.asyncmigrations.database.Trouble;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, from within a batch's transaction, whether anybody waits for a lock that it holds. A server that has never told is
 * not asked again. Safe for threads.
 */
final class Waiters {
    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    /**
     * By our transactions' numbers, a savepoint's included, and by the tables that we have locked: no privilege is needed, and
     * pg_stat_activity hides whom another role waits for.
     */
    private static final String POSTGRES = "select 1 from pg_locks w join pg_locks h on h.pid = pg_backend_pid()"
            + " and h.granted and h.locktype = w.locktype and (w.locktype = 'transactionid'"
            + " and h.transactionid = w.transactionid or w.locktype = 'relation' and h.database = w.database"
            + " and h.relation = w.relation) where not w.granted limit 1";

    /**
     * Whether anybody on the server waits for a row. Asked first, since the table that says who waits for whom stands still while
     * it is read more often than ten times a second.
     */
    private static final String MARIADB_FIRST = "select 1 from information_schema.global_status"
            + " where variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS' and variable_value > 0";

    /** Needs the privilege PROCESS. */
    private static final String MARIADB = "select 1 from information_schema.innodb_lock_waits w"
            + " join information_schema.innodb_trx t on t.trx_id = w.blocking_trx_id"
            + " where t.trx_mysql_thread_id = connection_id() limit 1";

    private static final String MYSQL = "select 1 from performance_schema.data_lock_waits w"
            + " join information_schema.innodb_trx t on t.trx_id = w.blocking_engine_transaction_id"
            + " where t.trx_mysql_thread_id = connection_id() limit 1";

    private static final String H2 =
            "select 1 from information_schema.sessions where blocker_id = session_id() limit 1";

    private volatile boolean untold;

    /** {@return whether somebody waits; false also where the server does not tell} */
    boolean exist(Session session) {
        if (untold) {
            return false;
        }
        try {
            boolean mayBe = session.database() != Database.MARIADB || isTrue(session, MARIADB_FIRST);
            return mayBe && isTrue(session, sql(session.database()));
        } catch (DataAccessException failure) {
            if (Trouble.of(failure) != Trouble.ATTEMPT || session.database() == Database.POSTGRES) {
                throw failure;
            }
            untold = true;
            LOG.info(
                    "whether others wait for the locks of a batch cannot be found out here, and is not asked again: {};"
                            + " on MariaDB and MySQL the user needs the privilege PROCESS",
                    Trouble.words(failure));
            return false;
        }
    }

    private static boolean isTrue(Session session, String sql) {
        return !session.dsl().fetch(sql).isEmpty();
    }

    private static String sql(Database database) {
        return switch (database) {
            case POSTGRES -> POSTGRES;
            case MARIADB -> MARIADB;
            case MYSQL -> MYSQL;
            case H2 -> H2;
        };
    }
}
