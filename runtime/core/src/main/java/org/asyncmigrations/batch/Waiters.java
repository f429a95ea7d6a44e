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
     * Who waits for a lock like one of ours may wait for somebody else's, which only the lock manager knows. Dear, since it looks
     * at all locks for each who waits, and so asked only then. Our own workers give way to each other by their time-outs; who has
     * another role than ours shows no name.
     */
    private static final String POSTGRES_CONFIRMED =
            "select 1 from pg_locks w left join pg_stat_activity a on a.pid = w.pid"
                    + " where not w.granted and coalesce(a.application_name, '') not like 'async:%'"
                    + " and pg_backend_pid() = any (pg_blocking_pids(w.pid)) limit 1";

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

    private volatile boolean told;
    private volatile boolean untold;

    /** {@return whether somebody waits; false also where the server has never told, true where it does not any more} */
    boolean exist(Session session) {
        if (untold) {
            return false;
        }
        try {
            return asked(session);
        } catch (DataAccessException failure) {
            if (Trouble.of(failure) != Trouble.ATTEMPT || session.database() == Database.POSTGRES) {
                throw failure;
            }
            if (told) {
                LOG.debug("whether others wait for the locks of a batch cannot be found out, and is assumed", failure);
                return true;
            }
            untold = true;
            LOG.info(
                    "whether others wait for the locks of a batch cannot be found out here, and is not asked again: {}{}",
                    Trouble.words(failure),
                    session.database() == Database.H2 ? "" : "; the database user needs the privilege PROCESS");
            return false;
        }
    }

    private boolean asked(Session session) {
        if (session.database() == Database.MARIADB && !isTrue(session, MARIADB_FIRST)) {
            return false;
        }
        boolean found = isTrue(session, sql(session.database()));
        told = true;
        return found && (session.database() != Database.POSTGRES || isTrue(session, POSTGRES_CONFIRMED));
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
