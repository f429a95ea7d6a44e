package org.asyncmigrations.testing.product;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MySQL. Stateless and thread-safe. */
final class MySqlWords implements InnoDbWords {
    @Override
    public Map<String, String> differences() {
        return Map.of(
                TransactionFacts.ROLLED_BACK, "DDL commits",
                LimitFacts.TRANSACTION_FOUND, "it does not show this without a privilege",
                ErrorFacts.DEFERRED, "it has none",
                ErrorFacts.SERIALIZATION, "it has no such check",
                PlanFacts.ROW_VALUES, "it reads the index from its start",
                PlanFacts.ROWS_CHANGED, "it does not show this");
    }

    @Override
    public String settings() {
        return "select concat_ws(', ', @@session.innodb_lock_wait_timeout, @@session.max_execution_time, @@session.sql_select_limit,"
                + " @@session.sql_safe_updates, @@session.transaction_isolation)";
    }

    @Override
    public @Nullable List<String> serializable() {
        return null;
    }

    @Override
    public String hidden() {
        return "invisible";
    }
}
