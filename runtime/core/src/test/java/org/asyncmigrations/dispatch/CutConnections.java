package org.asyncmigrations.dispatch;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * A data source that at one statement really ends the connection: before the server gets it, or when it has acted on it, which
 * the client then never learns.
 */
final class CutConnections extends SentStatements {
    private final HikariDataSource pool;
    private final Map<Connection, Connection> dead = new ConcurrentHashMap<>();

    CutConnections(TestDatabase kind, TestDatabase.Fresh database, Cut cut) {
        super(kind, database.dataSource(), cut);
        this.pool = (HikariDataSource) database.dataSource();
    }

    @Override
    @Nullable
    Object fault(Connection connection, Moment moment, Sending statement) throws Throwable {
        SQLException lost = new SQLNonTransientConnectionException("the connection was cut", "08006");
        if (moment == Moment.AFTER) {
            try {
                statement.send();
            } catch (SQLException refused) {
                // The client learns that no more than what the server has done.
                lost.addSuppressed(refused);
            }
        }
        Connection physical = connection.unwrap(Connection.class);
        physical.abort(Runnable::run);
        // H2 knows no abort; its close rolls back what is open, as a server does that has lost its client.
        physical.close();
        dead.put(connection, physical);
        throw lost;
    }

    @Override
    boolean isGone(Connection connection) {
        return dead.containsKey(connection);
    }

    /** The driver says that its connection is closed; the pool, which finds it out later at times, is told. */
    @Override
    @Nullable
    Object afterwards(Connection connection, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (!method.getName().equals("close")) {
            return call(Objects.requireNonNull(dead.get(connection)), method, arguments);
        }
        dead.remove(connection);
        pool.evictConnection(connection);
        return null;
    }
}
