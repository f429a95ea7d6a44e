package org.asyncmigrations.testing.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MariaDB. Stateless and thread-safe. */
final class MariaDbWords implements InnoDbWords {
    @Override
    public Map<String, String> differences() {
        return Map.of(
                TransactionFacts.ROLLED_BACK, "DDL commits",
                ErrorFacts.DEFERRED, "it has none",
                PlanFacts.ROW_VALUES, "it reads the index from its start",
                PlanFacts.ROWS_CHANGED, "it does not show this");
    }

    @Override
    public String settings() {
        return "select concat_ws(', ', @@session.innodb_lock_wait_timeout, @@session.max_statement_time, @@session.sql_select_limit,"
                + " @@session.sql_safe_updates, @@session.tx_isolation)";
    }

    @Override
    public List<String> serializable() {
        return List.of(
                "set session innodb_snapshot_isolation = on",
                "set session transaction isolation level repeatable read");
    }

    @Override
    public List<KeySample> keys() {
        List<KeySample> keys = new ArrayList<>(InnoDbWords.super.keys());
        keys.add(new KeySample("uuid", KeyValues.uuids()));
        return keys;
    }

    @Override
    public String hidden() {
        return "ignored";
    }
}
