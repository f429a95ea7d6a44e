package org.asyncmigrations.throttle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.asyncmigrations.product.Products;

/**
 * How far a replica is behind, as the replica itself reports it, over its own connection. Somebody has named this replica, so a
 * missing value never switches the throttle off. Used by one thread at a time.
 */
final class ReplicaLag implements Gauge {
    /** Longer than any such statement takes, but short enough that a replica that hangs is soon reported as the reason. */
    private static final int SECONDS_FOR_A_STATEMENT = 5;

    /**
     * Ends a read if the network is down, which the statement timeout can't do. Longer than that timeout, so that it otherwise
     * comes first.
     */
    private static final Duration NETWORK = Duration.ofSeconds(10);

    private final DataSource replica;
    private final LagLimit limit;
    private final Duration network;
    private final PostgresReplica postgres;

    ReplicaLag(DataSource replica, LagLimit limit) {
        this(replica, limit, NETWORK);
    }

    /** With another network timeout, for tests. */
    ReplicaLag(DataSource replica, LagLimit limit, Duration network) {
        this.replica = replica;
        this.limit = limit;
        this.network = network;
        this.postgres = new PostgresReplica(limit);
    }

    @Override
    public Answer read(ThrottleRun run) throws SQLException {
        try (Connection connection = replica.getConnection()) {
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, (int) network.toMillis());
            try {
                return read(run, connection);
            } finally {
                if (!connection.isClosed()) {
                    connection.setNetworkTimeout(Runnable::run, before);
                }
            }
        }
    }

    private Answer read(ThrottleRun run, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS_FOR_A_STATEMENT);
            boolean isBehind = switch (Products.said(connection).replication()) {
                case LOG_POSITIONS -> postgres.isBehind(run, statement);
                case ALL_REPLICAS_STATUS -> MariaDbReplica.isBehind(statement, limit, "show all replicas status");
                case REPLICA_STATUS -> MariaDbReplica.isBehind(statement, limit, "show replica status");
                case NONE -> throw new NoReplicaException("this database has no replicas");
            };
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return isBehind ? limit.exceededBy("the replica") : Answer.goOn();
        }
    }
}
