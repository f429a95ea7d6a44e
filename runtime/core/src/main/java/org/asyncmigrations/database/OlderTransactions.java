package org.asyncmigrations.database;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that were under way when it was first asked: what they have written is seen by whoever begins when they
 * have ended. Those that only read so far, and write later, are among them where the server tells of them (MariaDB, MySQL). Safe
 * for threads.
 */
public final class OlderTransactions {
    private static final String POSTGRES_SNAPSHOT = "select txid_snapshot_xmin(s)::text, txid_snapshot_xmax(s)::text"
            + " from (select txid_current_snapshot() as s) as snapshot";

    /** Numbers come again with the next connection: the time tells one transaction of a connection from the next. */
    private static final String INNODB = "select concat(trx_mysql_thread_id, ' ', trx_started)"
            + " from information_schema.innodb_trx where trx_mysql_thread_id <> connection_id()";

    private static final String H2 = "select cast(session_id as varchar) from information_schema.sessions"
            + " where contains_uncommitted and session_id <> session_id()";

    private @Nullable BigInteger firstLater;
    private @Nullable Set<String> running;

    /** Nothing is known before it is first asked. */
    public OlderTransactions() {}

    /**
     * Asks again.
     *
     * @param dsl a transaction that has changed nothing
     * @param database the product
     * @return whether all of them have ended
     * @throws org.jooq.exception.DataAccessException when the server does not tell, as MariaDB and MySQL to users without the
     *     privilege PROCESS
     */
    public synchronized boolean haveEnded(DSLContext dsl, Database database) {
        return switch (database) {
            case POSTGRES -> havePassed(dsl);
            case MARIADB, MYSQL -> {
                if (running == null) {
                    // The table shows what was the case up to a tenth of a second ago.
                    dsl.fetch("select sleep(0.15)");
                }
                yield areGone(dsl.fetch(INNODB).getValues(0, String.class));
            }
            case H2 -> areGone(dsl.fetch(H2).getValues(0, String.class));
        };
    }

    /** All numbers below one have ended when it is the lowest that has not. */
    private boolean havePassed(DSLContext dsl) {
        var snapshot = dsl.fetchSingle(POSTGRES_SNAPSHOT);
        if (firstLater == null) {
            firstLater = new BigInteger(snapshot.get(1, String.class));
        }
        return new BigInteger(snapshot.get(0, String.class)).compareTo(firstLater) >= 0;
    }

    private boolean areGone(List<String> now) {
        if (running == null) {
            running = new HashSet<>(now);
        }
        running.retainAll(now);
        return running.isEmpty();
    }
}
