package org.asyncmigrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection and its transactions, one after the other. Nothing is assumed of the server's session between two
 * of them: a pooler may have put another behind it. Used by one thread.
 */
public final class Session implements AutoCloseable {
    /** A session that is ended rolls back first. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

    /** MariaDB's and MySQL's code. */
    private static final int NO_SUCH_SESSION = 1094;

    private final BorrowedConnection borrowed;
    private final Database database;
    private final TransactionSettings.Abilities abilities;
    private final Configuration users;
    private final DSLContext dsl;
    private @Nullable SessionMark mark;
    private boolean open;

    Session(
            BorrowedConnection borrowed,
            Database database,
            TransactionSettings.Abilities abilities,
            Configuration users) {
        this.borrowed = borrowed;
        this.abilities = abilities;
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
     * @throws SQLException when the server refuses, or the connection was lost before
     */
    public void begin(Limits limits) throws SQLException {
        if (isBroken()) {
            // A rollback that failed was not told. H2's words for a closed connection are those for a fault in the
            // code.
            throw new SQLNonTransientConnectionException("the connection was lost before the transaction", "08003");
        }
        if (database != Database.POSTGRES) {
            mark(limits, false);
        }
        open = true;
        TransactionSettings.begin(connection(), database, abilities, limits);
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
            return UserWork.inTransaction(connection(), database, users, limits);
        }
        connection().setAutoCommit(true);
        mark(limits, true);
        return UserWork.inAutoCommit(borrowed, database, users, limits);
    }

    private void mark(Limits limits, boolean isNeeded) throws SQLException {
        String name = TransactionSettings.ascii(limits.applicationName());
        if (!limits.isOfAClaim() || (mark != null && mark.isNamed(name))) {
            return;
        }
        unmark();
        switch (database) {
            case POSTGRES -> mark = isNeeded ? SessionMark.settings(connection(), abilities, limits) : null;
            case MARIADB, MYSQL -> mark = SessionMark.lock(connection(), name);
            // H2 names no sessions, and those of an embedded one end with their process.
            case H2 -> mark = null;
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
        String name = TransactionSettings.ascii(applicationName);
        begin(Limits.STATE);
        boolean isGone = switch (database) {
            case POSTGRES -> terminated(name);
            case MARIADB, MYSQL -> killed(name);
            case H2 -> true;
        };
        commit();
        return isGone;
    }

    private boolean terminated(String name) {
        return dsl
                .resultQuery(
                        "select pg_terminate_backend(pid, {0}) from pg_stat_activity"
                                + " where application_name = {1} and pid <> pg_backend_pid()",
                        DSL.inline(GONE_WITHIN.toMillis()), DSL.val(name))
                .fetchInto(Boolean.class)
                .stream()
                .allMatch(Boolean.TRUE::equals);
    }

    private boolean killed(String name) {
        Field<?> lock = DSL.inline(name);
        if (dsl.resultQuery("select is_used_lock({0})", lock).fetchSingle().get(0) == null) {
            return true;
        }
        try {
            // In one statement, so that it is whoever holds the lock now.
            dsl.query("kill connection is_used_lock({0})", lock).execute();
        } catch (DataAccessException refused) {
            SQLException cause = Trouble.sqlException(refused);
            if (cause == null || cause.getErrorCode() != NO_SUCH_SESSION) {
                throw refused;
            }
        }
        boolean isGone = dsl.resultQuery("select get_lock({0}, {1})", lock, DSL.inline(GONE_WITHIN.toSeconds()))
                .fetchOptionalInto(Integer.class)
                .equals(Optional.of(1));
        if (isGone) {
            dsl.query("do release_lock({0})", lock).execute();
        }
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
