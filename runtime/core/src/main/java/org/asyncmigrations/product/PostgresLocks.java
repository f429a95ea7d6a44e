package org.asyncmigrations.product;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Who waits for whom on a PostgreSQL server. Stateless and thread-safe. */
final class PostgresLocks {
    /**
     * By our transactions' numbers, a savepoint's included, and by the tables that we have locked: no privilege is needed, and
     * pg_stat_activity hides whom another role waits for.
     */
    private static final String WAITER = "select 1 from pg_locks w join pg_locks h on h.pid = pg_backend_pid()"
            + " and h.granted and h.locktype = w.locktype and (w.locktype = 'transactionid'"
            + " and h.transactionid = w.transactionid or w.locktype = 'relation' and h.database = w.database"
            + " and h.relation = w.relation) where not w.granted limit 1";

    /**
     * Who waits for a lock like one of ours may wait for somebody else's, which only the lock manager knows. Expensive, since it
     * looks at all locks for each who waits, and so asked only then. Our own workers give way to each other by their time-outs; who
     * has another role than ours shows no name.
     */
    private static final String CONFIRMED = "select 1 from pg_locks w left join pg_stat_activity a on a.pid = w.pid"
            + " where not w.granted and coalesce(a.application_name, '') not like 'async:%'"
            + " and pg_backend_pid() = any (pg_blocking_pids(w.pid)) limit 1";

    private static final String BLOCKER = "select b.pid, b.usename, b.client_addr, b.application_name,"
            + " extract(epoch from clock_timestamp() - b.xact_start)::bigint, b.query"
            + " from pg_stat_activity w cross join lateral unnest(pg_blocking_pids(w.pid)) p(pid)"
            + " join pg_stat_activity b on b.pid = p.pid"
            // Who waits for whom is expensive, and only asked of one that waits.
            + " where w.application_name = {0} and w.wait_event_type = 'Lock' limit 1";

    private PostgresLocks() {}

    static boolean isWaitedFor(DSLContext dsl) {
        return !dsl.fetch(WAITER).isEmpty() && !dsl.fetch(CONFIRMED).isEmpty();
    }

    static @Nullable String blocker(DSLContext dsl, String name) {
        return Blocker.first(dsl, BLOCKER, name);
    }
}
