package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.RestartableServer.Stop;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose server is stopped at one statement: before the server receives it, or after the server has run it and before
 * the client learns so. The next connection is refused, and then the server is started again.
 */
final class RestartConnections extends SentStatements {
    private final RestartableServer server;
    private final Stop how;
    private volatile boolean down;

    RestartConnections(TestDatabase kind, RestartableServer server, Stop how, Cut cut) {
        super(kind, server.dataSource(), cut);
        this.server = server;
        this.how = how;
    }

    @Override
    @Nullable
    Object fault(Connection connection, Moment moment, Sending statement) throws Throwable {
        if (moment == Moment.BEFORE) {
            server.stop(how);
            down = true;
            return statement.send();
        }
        SQLException lost = new SQLNonTransientConnectionException("the server was stopped", "08006");
        try {
            statement.send();
        } catch (SQLException refused) {
            lost.addSuppressed(refused);
        }
        server.stop(how);
        down = true;
        throw lost;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return super.getConnection();
        } finally {
            settle();
        }
    }

    @Override
    synchronized void settle() {
        if (down) {
            server.start();
            down = false;
        }
    }
}
