package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.exception.DataAccessException;

/**
 * Turns {@code dsl.transaction(…)} in user code into a savepoint of our transaction; jOOQ's own provider would commit it. In
 * auto-commit, it begins its own transaction. Used by one thread.
 */
final class SavepointTransactions implements TransactionProvider {
    private final WorkConnection connection;
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private boolean own;

    SavepointTransactions(WorkConnection connection) {
        this.connection = connection;
    }

    @Override
    public void begin(TransactionContext context) {
        run(raw -> {
            if (raw.getAutoCommit()) {
                raw.setAutoCommit(false);
                own = true;
            }
            savepoints.push(connection.setSavepoint());
        });
    }

    @Override
    public void commit(TransactionContext context) {
        run(raw -> {
            // jOOQ rolls back after a failed commit, and then needs the savepoint.
            connection.releaseSavepoint(savepoints.element());
            savepoints.pop();
            if (own && savepoints.isEmpty()) {
                raw.commit();
                endOwn(raw);
            }
        });
    }

    @Override
    public void rollback(TransactionContext context) {
        run(raw -> {
            connection.rollback(savepoints.pop());
            if (own && savepoints.isEmpty()) {
                raw.rollback();
                endOwn(raw);
            }
        });
    }

    private void endOwn(Connection raw) throws SQLException {
        own = false;
        raw.setAutoCommit(true);
    }

    private void run(Step step) {
        try {
            step.on(connection.getDelegate());
        } catch (SQLException failure) {
            throw new DataAccessException("a nested transaction of a migration failed", failure);
        }
    }

    private interface Step {
        void on(Connection raw) throws SQLException;
    }
}
