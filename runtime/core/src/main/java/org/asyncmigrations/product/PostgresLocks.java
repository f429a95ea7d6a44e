package org.asyncmigrations.product;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Lock waits on a PostgreSQL server. Stateless and thread-safe. */
final class PostgresLocks {
    /**
     * By the numbers of our transactions, including savepoints, and by the tables that we have locked. This needs no privilege;
     * pg_stat_activity hides the waits of other roles.
     */
    private static final String WAITER = "select 1 from pg_locks w join pg_locks h on h.pid = pg_backend_pid()"
            + " and h.granted and h.locktype = w.locktype and (w.locktype = 'transactionid'"
            + " and h.transactionid = w.transactionid or w.locktype = 'relation' and h.database = w.database"
            + " and h.relation = w.relation) where not w.granted limit 1";

    /**
     * A session that waits for such a lock may wait for another holder of it; only the lock manager knows. The query is expensive,
     * since it checks all locks for each waiting session, so it runs only after {@code WAITER} has found one. Excludes our own
     * workers, which give way to each other by their timeouts. Sessions of other roles show no name.
     */
    private static final String CONFIRMED = "select 1 from pg_locks w left join pg_stat_activity a on a.pid = w.pid"
            + " where not w.granted and coalesce(a.application_name, '') not like 'async:%'"
            + " and pg_backend_pid() = any (pg_blocking_pids(w.pid)) limit 1";

    private static final String BLOCKER = "select b.pid, b.usename, b.client_addr, b.application_name,"
            + " extract(epoch from clock_timestamp() - b.xact_start)::bigint, b.query"
            + " from pg_stat_activity w cross join lateral unnest(pg_blocking_pids(w.pid)) p(pid)"
            + " join pg_stat_activity b on b.pid = p.pid"
            // pg_blocking_pids is expensive, so it is called only for a session that waits.
            + " where w.application_name = {0} and w.wait_event_type = 'Lock' limit 1";

    private PostgresLocks() {}

    static boolean isWaitedFor(DSLContext dsl) {
        return !dsl.fetch(WAITER).isEmpty() && !dsl.fetch(CONFIRMED).isEmpty();
    }

    static @Nullable String blocker(DSLContext dsl, String name) {
        return Blocker.first(dsl, BLOCKER, name);
    }
}
