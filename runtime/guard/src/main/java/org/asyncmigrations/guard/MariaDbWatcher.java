package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Watches code on MariaDB, where each change of the schema commits. */
final class MariaDbWatcher implements Watcher {
    private final Connection connection;
    private final MariaDbNames released;
    private final Live live;
    private final List<Judgement> judgements = new ArrayList<>();

    MariaDbWatcher(Connection connection, MariaDbNames released, Live live) {
        this.connection = connection;
        this.released = released;
        this.live = live;
    }

    @Override
    public void sent(ScriptStatement statement, Send send) throws SQLException {
        SQLException[] refused = new SQLException[1];
        judgements.add(MariaDb.judge(connection, statement, released, live, () -> {
            try {
                send.run();
                refused[0] = null;
            } catch (SQLException problem) {
                refused[0] = problem;
                throw problem;
            }
        }));
        if (refused[0] != null) {
            throw refused[0];
        }
    }

    @Override
    public boolean isAutoCommit() {
        try {
            return connection.getAutoCommit();
        } catch (SQLException lost) {
            throw new IllegalStateException(lost);
        }
    }

    @Override
    public void setAutoCommit(boolean isAutoCommit) throws SQLException {
        connection.setAutoCommit(isAutoCommit);
    }

    @Override
    public void end(boolean isCommitted) throws SQLException {
        if (connection.getAutoCommit()) {
            return;
        } else if (isCommitted) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }

    @Override
    public List<Judgement> judgements() {
        return judgements;
    }
}
