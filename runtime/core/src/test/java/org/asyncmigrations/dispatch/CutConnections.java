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
 * A data source that closes the real connection at one statement: before the server receives it, or after the server has run it and
 * before the client learns so.
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
                // The client learns that, and nothing about what the server has done.
                lost.addSuppressed(refused);
            }
        }
        Connection physical = connection.unwrap(Connection.class);
        physical.abort(Runnable::run);
        // H2 has no abort. Its close rolls back open work, like a server that loses its client.
        physical.close();
        dead.put(connection, physical);
        throw lost;
    }

    @Override
    boolean isGone(Connection connection) {
        return dead.containsKey(connection);
    }

    /** The driver knows that its connection is closed. The pool may find out later, so it is told. */
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
