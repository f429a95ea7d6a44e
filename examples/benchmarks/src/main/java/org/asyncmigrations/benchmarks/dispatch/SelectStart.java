package org.asyncmigrations.benchmarks.dispatch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The cheapest way to find out whether everything is done: one select on the state table, in plain JDBC. */
public final class SelectStart implements Start {
    /** For the measured JVM, which creates it. */
    public SelectStart() {}

    @Override
    public Caller caller(DataSource pool) {
        return () -> {
            if (unfinished(pool) > 0) {
                throw new IllegalStateException("all migrations must be done before a start is measured");
            }
        };
    }

    /** Reads what must be known of each migration: whether it is done, and its fingerprint. */
    private static long unfinished(DataSource pool) throws SQLException {
        Map<Long, String[]> rows = new HashMap<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("select version, state, fingerprint from async_schema_migrations")) {
            while (found.next()) {
                rows.put(found.getLong(1), new String[] {found.getString(2), found.getString(3)});
            }
        }
        long unfinished = 0;
        for (String[] row : rows.values()) {
            unfinished += row[0].equals("done") ? 0 : 1;
        }
        return unfinished;
    }
}
