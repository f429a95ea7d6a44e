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
 * A borrowed connection and its transactions, one after the other. It assumes nothing about the server's session between two
 * transactions, since a pooler may have switched to another one. Used by one thread.
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

    /** {@return the database product} */
    public Product product() {
        return product;
    }

    /**
     * Begins a transaction.
     *
     * @param limits the transaction's limits
     * @throws SQLException if the server refuses, or the connection was lost before
     */
    public void begin(Limits limits) throws SQLException {
        if (isBroken()) {
            // A failed rollback wasn't reported. H2's error for a closed connection looks like a fault in the code.
            throw new SQLNonTransientConnectionException("the connection was lost before the transaction", "08003");
        }
        borrowed.network().allow(limits.statementTimeout());
        mark(limits, false);
        open = true;
        product.begin(connection(), limits);
    }

    /**
     * Commits. If this throws, it's unknown whether the server has committed, and the connection isn't used again.
     *
     * @throws SQLException if the server doesn't confirm
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

    /** Rolls back. If that fails, the connection isn't used again. */
    public void rollback() {
        open = false;
        try {
            connection().rollback();
        } catch (SQLException failure) {
            borrowed.markBroken();
        }
    }

    /** {@return whether the session has ended: its server closed the connection, or a commit or rollback failed} */
    public boolean isBroken() {
        return borrowed.isBroken();
    }

    /**
     * Gives user code access to the database: within the open transaction, or in auto-commit if there is none.
     *
     * @param limits the limits of each statement
     * @return the user's access, to be closed when the user's code has returned
     * @throws SQLException if the server refuses
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
     * Ends the session of a dead worker, and waits a while until it is gone: it may still hold locks, or run a statement in
     * auto-commit. It is found by its mark, since its number could belong to another session by now. We may end it if it has the
     * same database user.
     *
     * @param applicationName the name in that worker's {@link Limits}
     * @return whether the session is gone
     * @throws SQLException if the server can't be asked, or has refused
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

    /** Rolls back an open transaction and gives the connection back. */
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
