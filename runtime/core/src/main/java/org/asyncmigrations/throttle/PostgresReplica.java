package org.asyncmigrations.throttle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far a PostgreSQL standby is behind: what it has replayed, compared with what its primary, where the migrations run, had
 * written a while ago. Other measures mislead: the time since the last replayed transaction grows while nothing happens, and the
 * received position stands still when the connection is lost. Needs no privilege. Used by one thread at a time.
 */
final class PostgresReplica {
    private static final String WRITTEN = "select (pg_current_wal_lsn() - '0/0')::bigint";
    private static final String REPLAYED = """
            select case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0')::bigint end,
              (extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::bigint""";

    private final LagLimit limit;
    private final WalSamples samples;

    PostgresReplica(LagLimit limit) {
        this.limit = limit;
        this.samples = new WalSamples(limit.most());
    }

    boolean isBehind(ThrottleRun run, Statement replica) throws SQLException {
        long before = System.nanoTime();
        long written = run.dsl().fetchSingle(WRITTEN).get(0, Long.class);
        samples.add(written, System.nanoTime());
        OptionalLong due = samples.due(before);
        try (ResultSet row = replica.executeQuery(REPLAYED)) {
            row.next();
            long replayed = row.getLong(1);
            if (row.wasNull()) {
                throw new NoReplicaException("the server given as a replica is not one");
            }
            if (due.isPresent()) {
                return replayed < due.getAsLong();
            }
            // No sample is old enough yet, so use the time of the last replayed transaction.
            Duration sinceLast = Duration.ofMillis(row.getLong(2));
            return replayed < written && !row.wasNull() && limit.isExceededBy(sinceLast);
        }
    }
}
