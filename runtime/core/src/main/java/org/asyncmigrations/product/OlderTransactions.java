package org.asyncmigrations.product;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that were open at the first call. A transaction that begins after they have ended sees everything they wrote. On
 * MariaDB and MySQL, this includes transactions that have only read so far and write later. Thread-safe.
 */
@FunctionalInterface
public interface OlderTransactions {
    /**
     * Checks again.
     *
     * @param dsl a transaction that has changed nothing
     * @return whether all of them have ended
     * @throws org.jooq.exception.DataAccessException if the server doesn't tell, as on MariaDB and MySQL without the privilege
     *     PROCESS
     */
    boolean haveEnded(DSLContext dsl);

    /** By the lowest number of an open transaction: all below it have ended. */
    final class BySnapshot implements OlderTransactions {
        /**
         * The number of a new transaction. The upper end of a snapshot isn't enough: transactions with higher numbers may already
         * be running.
         */
        private static final String OWN = "select txid_current()::text";

        private static final String LOWEST = "select txid_snapshot_xmin(txid_current_snapshot())::text";

        private @Nullable BigInteger firstLater;

        /** Knows nothing before the first call. */
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

    /** By the list of open transactions. */
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
