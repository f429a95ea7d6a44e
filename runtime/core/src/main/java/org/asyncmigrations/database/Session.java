package org.asyncmigrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * A borrowed connection and its transactions, one after the other. Nothing is assumed of the server's session between two
 * of them: a pooler may have put another behind it. Used by one thread.
 */
public final class Session implements AutoCloseable {
    private final BorrowedConnection borrowed;
    private final Database database;
    private final boolean looksAfterClients;
    private final Configuration users;
    private final DSLContext dsl;
    private boolean open;

    Session(BorrowedConnection borrowed, Database database, boolean looksAfterClients, Configuration users) {
        this.borrowed = borrowed;
        this.looksAfterClients = looksAfterClients;
        this.database = database;
        this.users = users;
        this.dsl = DSL.using(borrowed.connection(), database.dialect());
    }

    /** {@return the context for our own statements} */
    public DSLContext dsl() {
        return dsl;
    }

    /** {@return the product behind it} */
    public Database database() {
        return database;
    }

    /**
     * Begins a transaction.
     *
     * @param limits what it may take
     * @throws SQLException when the server refuses
     */
    public void begin(Limits limits) throws SQLException {
        open = true;
        TransactionSettings.begin(connection(), database, looksAfterClients, limits);
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
        return open
                ? UserWork.inTransaction(connection(), database, users, limits)
                : UserWork.inAutoCommit(connection(), database, users, limits);
    }

    /**
     * Ends the session of a worker that is gone, where the server can tell it by its name: it may still hold locks. Ours to
     * end, since the same database user may.
     *
     * @param applicationName what that worker had in its {@link Limits}
     * @throws SQLException when the server cannot be asked
     */
    public void endSession(String applicationName) throws SQLException {
        if (database == Database.POSTGRES) {
            begin(Limits.STATE);
            dsl.query(
                            "select pg_terminate_backend(pid) from pg_stat_activity"
                                    + " where application_name = {0} and pid <> pg_backend_pid()",
                            DSL.val(TransactionSettings.ascii(applicationName)))
                    .execute();
            commit();
        }
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
        borrowed.close();
    }
}
