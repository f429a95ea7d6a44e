package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Watches code on PostgreSQL, one transaction of it after the other. */
final class PostgresWatcher implements Watcher {
    private final Connection connection;
    private final DataSource others;
    private final Catalog released;
    private final Live live;
    private final List<Judgement> judgements = new ArrayList<>();

    private @Nullable PostgresTransaction transaction;
    private List<Observation> open = new ArrayList<>();
    private boolean isAutoCommit;

    PostgresWatcher(Connection connection, DataSource others, Catalog released, Live live) {
        this.connection = connection;
        this.others = others;
        this.released = released;
        this.live = live;
    }

    @Override
    public void sent(ScriptStatement statement, Send send) throws SQLException {
        if (transaction == null) {
            transaction = new PostgresTransaction(connection, others, released);
        }
        Refusal refusal = new Refusal(send);
        Observation seen = transaction.observe(statement, !isAutoCommit, refusal);
        open.add(seen);
        if (isAutoCommit) {
            end(true);
        }
        if (seen.failure().isPresent() && refusal.last != null) {
            throw refusal.last;
        }
    }

    @Override
    public boolean isAutoCommit() {
        return isAutoCommit;
    }

    @Override
    public void setAutoCommit(boolean wanted) throws SQLException {
        if (wanted && !isAutoCommit) {
            end(true);
        }
        isAutoCommit = wanted;
    }

    @Override
    public void end(boolean isCommitted) throws SQLException {
        if (transaction != null) {
            judgements.addAll(new PostgresVerdicts(transaction.end(open, isCommitted), live).all());
            transaction = null;
            open = new ArrayList<>();
        }
    }

    @Override
    public List<Judgement> judgements() {
        return judgements;
    }

    /** Remembers why the database refused a statement at last. */
    private static final class Refusal implements Send {
        private final Send send;
        private @Nullable SQLException last;

        Refusal(Send send) {
            this.send = send;
        }

        @Override
        public void run() throws SQLException {
            try {
                send.run();
                last = null;
            } catch (SQLException refused) {
                last = refused;
                throw refused;
            }
        }
    }
}
