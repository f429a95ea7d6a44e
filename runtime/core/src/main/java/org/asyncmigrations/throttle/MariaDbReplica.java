package org.asyncmigrations.throttle;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far a replica of MariaDB or MySQL is behind, as the replica reports it, in whole seconds. */
final class MariaDbReplica {
    private MariaDbReplica() {}

    /** {@return whether it is too far behind at least one of its sources} */
    static boolean isBehind(Statement statement, LagLimit limit, String show) throws SQLException {
        try (ResultSet sources = statement.executeQuery(show)) {
            boolean isBehind = false;
            boolean isReplica = false;
            while (sources.next()) {
                isReplica = true;
                String seconds = value(sources, "Seconds_Behind_Master", "Seconds_Behind_Source");
                if (seconds == null) {
                    throw new NoReplicaException("the replica does not replicate: " + threads(sources));
                }
                isBehind |= limit.isExceededBy(Duration.ofSeconds(Long.parseLong(seconds)));
            }
            if (!isReplica) {
                throw new NoReplicaException("the server given as a replica does not replicate from any other");
            }
            return isBehind;
        }
    }

    private static String threads(ResultSet source) throws SQLException {
        return "reading " + value(source, "Slave_IO_Running", "Replica_IO_Running") + ", applying "
                + value(source, "Slave_SQL_Running", "Replica_SQL_Running");
    }

    /** Reads a column that has an old and a new name. */
    private static @Nullable String value(ResultSet row, String old, String name) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String label = columns.getColumnLabel(column);
            if (label.equalsIgnoreCase(old) || label.equalsIgnoreCase(name)) {
                return row.getString(column);
            }
        }
        throw new NoReplicaException("the replica does not report " + name);
    }
}
