package org.asyncmigrations.product;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that were open when it was first asked: whoever begins after they have ended sees what they have written. Those
 * that only read so far, and write later, are among them if the server tells of them (MariaDB, MySQL). Thread-safe.
 */
@FunctionalInterface
public interface OlderTransactions {
    /**
     * Asks again.
     *
     * @param dsl a transaction that has changed nothing
     * @return whether all of them have ended
     * @throws org.jooq.exception.DataAccessException when the server does not tell, as MariaDB and MySQL to users without the
     *     privilege PROCESS
     */
    boolean haveEnded(DSLContext dsl);

    /** By the lowest number that has not ended: all below it have. */
    final class BySnapshot implements OlderTransactions {
        /** A number of our own: a snapshot ends before the numbers above all that have ended, and some of those may be at work. */
        private static final String OWN = "select txid_current()::text";

        private static final String LOWEST = "select txid_snapshot_xmin(txid_current_snapshot())::text";

        private @Nullable BigInteger firstLater;

        /** Nothing is known before it is first asked. */
        BySnapshot() {}

        @Override
        public synchronized boolean haveEnded(DSLContext dsl) {
            if (firstLater == null) {
                firstLater = number(dsl, OWN);
            }
            return number(dsl, LOWEST).compareTo(firstLater) >= 0;
        }

        private static BigInteger number(DSLContext dsl, String sql) {
            return new BigInteger(dsl.fetchSingle(sql).get(0, String.class));
        }
    }

    /** By a list of those that are open. */
    final class ByList implements OlderTransactions {
        private final Function<DSLContext, List<String>> open;
        private @Nullable Set<String> running;

        ByList(Function<DSLContext, List<String>> open) {
            this.open = open;
        }

        @Override
        public synchronized boolean haveEnded(DSLContext dsl) {
            List<String> now = open.apply(dsl);
            if (running == null) {
                running = new HashSet<>(now);
            }
            running.retainAll(now);
            return running.isEmpty();
        }
    }
}
