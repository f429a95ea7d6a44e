package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * How often this session has read and written each table since its numbers were last handed to the server. Only a difference between two
 * moments within a transaction means something.
 */
record Scans(Map<Long, Long> whole, Map<Long, Long> byIndex, Map<Long, Long> changes) {
    static Scans read(Connection connection) throws SQLException {
        Scans scans = new Scans(new HashMap<>(), new HashMap<>(), new HashMap<>());
        try (Statement statement = connection.createStatement()) {
            Catalog.each(
                    statement,
                    "select relid, coalesce(seq_scan, 0), coalesce(idx_scan, 0), n_tup_upd + n_tup_del"
                            + " from pg_stat_xact_user_tables",
                    row -> {
                        scans.whole.put(row.getLong(1), row.getLong(2));
                        scans.byIndex.put(row.getLong(1), row.getLong(3));
                        scans.changes.put(row.getLong(1), row.getLong(4));
                    });
        }
        return scans;
    }

    /** Whether a table was read from its beginning to its end, or was searched, since another moment. */
    boolean hasRead(long table, Scans since) {
        return more(whole, since.whole, table) || more(byIndex, since.byIndex, table);
    }

    boolean hasReadWhole(long table, Scans since) {
        return more(whole, since.whole, table);
    }

    boolean hasChanged(long table, Scans since) {
        return more(changes, since.changes, table);
    }

    private static boolean more(Map<Long, Long> now, Map<Long, Long> before, long table) {
        return now.getOrDefault(table, 0L) > before.getOrDefault(table, 0L);
    }
}
