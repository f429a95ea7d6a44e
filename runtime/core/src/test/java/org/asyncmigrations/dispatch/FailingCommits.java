package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jooq.tools.jdbc.DefaultConnection;

/** A data source that refuses a commit on request, or leaves it unconfirmed. */
final class FailingCommits extends StatementCounter {
    private final AtomicBoolean refuses = new AtomicBoolean();
    private final AtomicBoolean doubts = new AtomicBoolean();

    FailingCommits(DataSource delegate) {
        super(delegate);
    }

    void refuseNextCommit() {
        refuses.set(true);
    }

    /** Lets the next commit succeed, and reports an unknown result. */
    void leaveNextCommitUnconfirmed() {
        doubts.set(true);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return new DefaultConnection(super.getConnection()) {
            @Override
            public void commit() throws SQLException {
                if (refuses.compareAndSet(true, false)) {
                    super.rollback();
                    throw new SQLTransientConnectionException("the server is being restarted", "08006");
                }
                super.commit();
                if (doubts.compareAndSet(true, false)) {
                    throw new SQLTransientConnectionException("the server is being restarted", "08006");
                }
            }
        };
    }
}
