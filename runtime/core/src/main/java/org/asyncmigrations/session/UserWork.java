package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Trouble;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.tools.jdbc.BatchedPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * The user's code inside our transaction. A savepoint is set before it, and afterwards a check proves that the transaction is still
 * the same. Mistakes that would break the transaction are refused or detected. Used by one thread, except for {@link #cancel()} and
 * {@link #lastStatementAt()}.
 */
public final class UserWork implements AutoCloseable {
    private final WorkConnection connection;
    private final Product product;
    private final DSLContext dsl;
    private final DSLContext own;
    private final DeferredConstraints deferred;
    private final Observed observed;
    private final @Nullable Savepoint savepoint;
    private final @Nullable String transactionId;
    private final @Nullable BorrowedConnection inAutoCommit;

    private UserWork(
            WorkConnection connection,
            Product product,
            Contexts contexts,
            DeferredConstraints deferred,
            @Nullable Savepoint savepoint,
            @Nullable BorrowedConnection inAutoCommit) {
        this.deferred = deferred;
        this.inAutoCommit = inAutoCommit;
        this.connection = connection;
        this.product = product;
        this.dsl = contexts.users();
        this.own = contexts.own();
        this.observed = contexts.observed();
        this.savepoint = savepoint;
        this.transactionId = savepoint == null ? null : transactionId();
    }

    static UserWork inTransaction(
            Connection raw, Product product, Configuration users, DeferredConstraints deferred, Limits limits)
            throws SQLException {
        WorkConnection connection = new WorkConnection(raw, limits.changesSchema(), product.isWrittenAsMySql());
        Contexts contexts = Contexts.of(connection, product, users, limits);
        return new UserWork(connection, product, contexts, deferred, raw.setSavepoint(), null);
    }

    static UserWork inAutoCommit(BorrowedConnection borrowed, Product product, Configuration users, Limits limits) {
        WorkConnection connection =
                new WorkConnection(borrowed.connection(), limits.changesSchema(), product.isWrittenAsMySql());
        Contexts contexts = Contexts.of(connection, product, users, limits);
        return new UserWork(connection, product, contexts, new DeferredConstraints(), null, borrowed);
    }

    /** The contexts over one connection: for the user's code, and for our own statements on the user's tables. */
    private record Contexts(DSLContext users, DSLContext own, Observed observed) {
        static Contexts of(WorkConnection connection, Product product, Configuration users, Limits limits) {
            LockPatience patience = new LockPatience(limits);
            Configuration derived = users.derive(new DefaultConnectionProvider(connection))
                    .derive(new SavepointTransactions(connection));
            Configuration own = derived.derive(OwnSettings.of(users.settings()))
                    .derive(product.dialect())
                    .derive(new ExecuteListenerProvider[0])
                    .derive(new VisitListenerProvider[0]);
            ExecuteListener begins = ExecuteListener.onExecuteStart(context -> begins(connection, product, patience));
            ExecuteListener limited = product.beforeEachStatement(limits, patience::now);
            Observed observed = new Observed();
            ExecuteListener ended =
                    ExecuteListener.onExecuteStart(observed::begins).onEnd(observed::ended);
            return new Contexts(
                    DSL.using(appended(derived.deriveAppending(marks(connection, false)), begins, limited)
                            .deriveAppending(ended)),
                    DSL.using(appended(
                            own.deriveAppending(new Unlimited()).deriveAppending(marks(connection, true)),
                            begins,
                            limited)),
                    observed);
        }

        /** Tells the connection which statements jOOQ sends, so that none is counted twice. Our own statements aren't counted at all. */
        private static ExecuteListener marks(WorkConnection connection, boolean isOurs) {
            return ExecuteListener.onStart(context ->
                            connection.isUsedByJooq(isOurs || context.batchMode() == ExecuteContext.BatchMode.NONE))
                    .onExecuteEnd(context -> connection.isUsedByJooq(false))
                    .onEnd(context -> connection.isUsedByJooq(false));
        }

        private static Configuration appended(
                Configuration to, ExecuteListener begins, @Nullable ExecuteListener limited) {
            Configuration appended = to.deriveAppending(begins);
            return limited == null ? appended : appended.deriveAppending(limited);
        }

        private static void begins(WorkConnection connection, Product product, LockPatience patience) {
            connection.begins();
            try {
                patience.raise(connection.getDelegate(), product);
            } catch (SQLException failure) {
                throw new DataAccessException("the limits of a statement could not be set", failure);
            }
        }
    }

    /** The observers of the user's statements. Used by one thread. */
    private static final class Observed {
        private @Nullable Consumer<ExecuteContext> by;
        private @Nullable RowTally tally;
        private boolean isKept;

        /** {@code dsl.batched(…)} sends statements later, and reports 0 rows for each. */
        void begins(ExecuteContext context) {
            try {
                PreparedStatement statement = context.statement();
                isKept = statement != null && statement.isWrapperFor(BatchedPreparedStatement.class);
            } catch (SQLException closed) {
                isKept = true;
            }
        }

        void ended(ExecuteContext context) {
            RowTally rows = tally;
            if (rows != null) {
                rows.ended(context, !isKept);
            }
            Consumer<ExecuteContext> observer = by;
            if (observer != null) {
                observer.accept(context);
            }
        }
    }

    /** {@return the database product} */
    public Product product() {
        return product;
    }

    /**
     * The context for our own statements on the user's tables. It keeps the application's settings for names and types, but none
     * that would leave out rows or refuse a statement.
     *
     * @return the context
     */
    public DSLContext own() {
        return own;
    }

    /**
     * The connection without its guards, for settings of the session that must be taken back whatever has happened to the work.
     *
     * @return the connection
     */
    public Connection session() {
        return connection.getDelegate();
    }

    /** The session keeps what it should not keep: its connection is not used again. Only outside a transaction. */
    public void breakConnection() {
        if (inAutoCommit != null) {
            inAutoCommit.markBroken();
        }
    }

    /** {@return the context for the user's statements} */
    public DSLContext dsl() {
        return dsl;
    }

    /**
     * The connection of the user's context, with its guards.
     *
     * @param users the context for the user's statements
     * @return the connection
     */
    public static Connection connection(DSLContext users) {
        return Objects.requireNonNull(users.configuration().connectionProvider().acquire());
    }

    /**
     * Reports each statement that ends on the user's context.
     *
     * @param observer receives jOOQ's statements, null for no one
     * @param texts receives all texts that are sent, null for no one
     */
    public void observe(@Nullable Consumer<ExecuteContext> observer, @Nullable Consumer<String> texts) {
        observed.by = observer;
        connection.observe(texts);
    }

    /**
     * Counts the rows that the user's statements change from now on.
     *
     * @return the count, which continues until the next one begins
     */
    public RowTally countRows() {
        RowTally rows = new RowTally(product.isWrittenAsMySql());
        observed.tally = rows;
        connection.count(rows);
        return rows;
    }

    /**
     * Raises the server's idle timeout, because Java code works on the rows that it has read.
     *
     * @param time how long the code may take
     * @throws SQLException if the server refuses
     */
    public void mayThinkFor(Duration time) throws SQLException {
        product.raiseIdleTimeout(connection.getDelegate(), time);
    }

    /**
     * Stops Java code whose claim was lost in the meantime.
     *
     * @throws SQLException if the work was cancelled
     */
    public void requireNotCancelled() throws SQLException {
        connection.requireNotCancelled();
    }

    /**
     * Ends the user's part, and checks that the transaction is still the same.
     *
     * @throws EndedTransactionException if the transaction isn't the one in which the user's part began
     * @throws SQLException if the work was cancelled, or the server refuses for another reason
     */
    public void verifySameTransaction() throws SQLException {
        connection.requireNotCancelled();
        connection.closeStatements();
        if (savepoint == null) {
            return;
        }
        if (!Objects.equals(transactionId, transactionId())) {
            throw new EndedTransactionException(null);
        }
        release(savepoint);
    }

    private void release(Savepoint before) throws SQLException {
        try {
            connection.getDelegate().releaseSavepoint(before);
        } catch (SQLException failure) {
            if (Trouble.of(failure) == Trouble.CONNECTION) {
                throw failure;
            }
            throw "25P02".equals(failure.getSQLState())
                    ? EndedTransactionException.afterCaughtError(failure)
                    : new EndedTransactionException(failure);
        }
    }

    /**
     * Checks deferred constraints, so that a violation is an error of this work and not of the commit.
     *
     * @throws EndedTransactionException if the code has caught the error of a statement that ended the transaction
     */
    public void checkDeferred() {
        try {
            if (deferred.exist(product, own)) {
                product.checkDeferred(own);
            }
        } catch (DataAccessException failure) {
            throw failure.sqlState().equals("25P02") ? EndedTransactionException.afterCaughtError(failure) : failure;
        }
    }

    /**
     * Checks deferred constraints, and leaves them deferred.
     *
     * @throws SQLException if the transaction no longer exists
     */
    public void tryDeferred() throws SQLException {
        Savepoint before = connection.getDelegate().setSavepoint();
        checkDeferred();
        connection.getDelegate().rollback(before);
    }

    /**
     * Undoes everything that the code has done so far. It may begin again.
     *
     * @throws SQLException if the transaction no longer exists
     */
    public void undo() throws SQLException {
        try {
            connection.closeStatements();
            connection.getDelegate().rollback(savepoint);
        } catch (SQLException gone) {
            throw lost(gone);
        }
    }

    /**
     * The exception for a failed rollback. A pool closes a connection after certain error codes, even if they come from user code,
     * and reports that without a code.
     */
    private SQLException lost(SQLException gone) throws SQLException {
        return Trouble.of(gone) != Trouble.CONNECTION
                        && connection.getDelegate().isClosed()
                ? new SQLNonTransientConnectionException("the connection was closed after an error", "08003", gone)
                : gone;
    }

    /**
     * Runs a part of the code, and undoes only this part if it fails. If the connection is lost, that exception is thrown instead.
     *
     * @param part the part
     * @param <T> the type of its result
     * @return the part's result
     * @throws Exception as thrown by the part
     */
    public <T> T inSavepoint(Callable<T> part) throws Exception {
        Connection raw = connection.getDelegate();
        Savepoint before = raw.setSavepoint();
        try {
            T result = part.call();
            connection.closeStatements();
            release(before);
            return result;
        } catch (Exception failure) {
            try {
                connection.closeStatements();
                raw.rollback(before);
            } catch (SQLException lost) {
                SQLException gone = lost(lost);
                if (Trouble.of(gone) == Trouble.CONNECTION) {
                    // The whole transaction is undone, so the part's own failure no longer matters.
                    gone.addSuppressed(failure);
                    throw gone;
                }
                failure.addSuppressed(gone);
            }
            throw failure;
        }
    }

    private @Nullable String transactionId() {
        return product.transactionId(own);
    }

    /** Cancels the running statement, from another thread. */
    public void cancel() {
        connection.cancel();
    }

    /**
     * When the last statement began.
     *
     * @return a reading of {@link System#nanoTime()}
     */
    public long lastStatementAt() {
        return connection.lastStatementAt();
    }

    /** Closes what the code has left open. Its context can't be used any more. */
    @Override
    public void close() {
        connection.end();
        if (inAutoCommit != null) {
            try {
                connection.getDelegate().setAutoCommit(false);
            } catch (SQLException failure) {
                // Later work on this connection would not be in a transaction.
                inAutoCommit.markBroken();
            }
        }
    }
}
