package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.SessionMark;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection and its transactions, one after the other. Nothing is assumed of the server's session between two
 * of them: a pooler may have put another behind it. Used by one thread.
 */
public final class Session implements AutoCloseable {
    private final BorrowedConnection borrowed;
    private final Product product;
    private final Configuration users;
    private final DSLContext dsl;
    private final DeferredConstraints deferred = new DeferredConstraints();
    private @Nullable SessionMark mark;
    private boolean open;

    Session(BorrowedConnection borrowed, Product product, Configuration users) {
        this.borrowed = borrowed;
        this.product = product;
        this.users = users;
        ExecuteListener limits = product.beforeEachStatement(Limits.STATE, Limits.STATE::lockTimeout);
        Configuration own = new DefaultConfiguration()
                .set(product.dialect())
                .set(new DefaultConnectionProvider(connection()))
                .deriveAppending(new Unlimited());
        this.dsl = DSL.using(limits == null ? own : own.deriveAppending(limits));
    }

    /** {@return the context for our own statements} */
    public DSLContext dsl() {
        return dsl;
    }

    /** {@return the product behind it} */
    public Product product() {
        return product;
    }

    /**
     * Begins a transaction.
     *
     * @param limits what it may take
     * @throws SQLException when the server refuses, or the connection was lost before
     */
    public void begin(Limits limits) throws SQLException {
        if (isBroken()) {
            // A rollback that failed was not told. H2's words for a closed connection are those for a fault in the
            // code.
            throw new SQLNonTransientConnectionException("the connection was lost before the transaction", "08003");
        }
        borrowed.network().allow(limits.statementTimeout());
        mark(limits, false);
        open = true;
        product.begin(connection(), limits);
    }

    /**
     * Commits. When this throws, nobody knows whether the server has committed: the connection is not used again.
     *
     * @throws SQLException when the server does not confirm
     */
    public void commit() throws SQLException {
        try {
            connection().commit();
            open = false;
        } catch (SQLException failure) {
            borrowed.markBroken();
            throw failure;
        }
    }

    /** Rolls back; a connection that cannot is not used again. */
    public void rollback() {
        open = false;
        try {
            connection().rollback();
        } catch (SQLException failure) {
            borrowed.markBroken();
        }
    }

    /** {@return whether it has ended: its server closed the connection, or a commit or rollback on it failed} */
    public boolean isBroken() {
        return borrowed.isBroken();
    }

    /**
     * Opens the way to the database for user code: inside this transaction, or, outside one, in auto-commit.
     *
     * @param limits what each statement may take
     * @return the user's side, to be closed when the user's code has returned
     * @throws SQLException when the server refuses
     */
    public UserWork userWork(Limits limits) throws SQLException {
        if (open) {
            return UserWork.inTransaction(connection(), product, users, deferred, limits);
        }
        borrowed.network().allow(limits.statementTimeout());
        connection().setAutoCommit(true);
        mark(limits, true);
        return UserWork.inAutoCommit(borrowed, product, users, limits);
    }

    private void mark(Limits limits, boolean inAutoCommit) throws SQLException {
        if (limits.isOfAClaim() && (mark == null || !mark.isOf(limits))) {
            unmark();
            mark = product.mark(connection(), limits, inAutoCommit);
        }
    }

    private void unmark() throws SQLException {
        SessionMark old = mark;
        mark = null;
        if (old != null && !borrowed.isBroken()) {
            old.remove(connection());
        }
    }

    /**
     * Ends the session of a worker that is gone, and waits a while for it to be gone: it may still hold locks, or be at a
     * statement in auto-commit. Found by its mark, not by a number that could be another session's by now. Ours to end, where
     * it is of the same database user.
     *
     * @param applicationName what that worker had in its {@link Limits}
     * @return whether there is none any more
     * @throws SQLException when the server cannot be asked, or has refused
     * @throws org.jooq.exception.DataAccessException the same
     */
    public boolean endSession(String applicationName) throws SQLException {
        begin(Limits.STATE);
        boolean isGone =
                product.endSession(dsl, Limits.STATE.named(applicationName).sessionName());
        commit();
        return isGone;
    }

    private Connection connection() {
        return borrowed.connection();
    }

    /** Rolls back what is open and gives the connection back. */
    @Override
    public void close() {
        if (open) {
            rollback();
        }
        try {
            unmark();
        } catch (SQLException failure) {
            borrowed.markBroken();
        }
        borrowed.close();
    }
}
