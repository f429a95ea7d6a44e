package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * A database product, as found on one server: everything in which products differ. {@link Products#of} detects it. Immutable and
 * thread-safe.
 */
public sealed interface Product extends WalkedTables permits Postgres, InnoDb, H2 {
    /** {@return the product's name, for people} */
    String name();

    /** {@return the dialect of our own statements} */
    SQLDialect dialect();

    /**
     * Whether a dialect's statements work here.
     *
     * @param family a dialect's family
     * @return true for the product's own dialect, and for one whose differences don't matter here
     */
    default boolean speaks(SQLDialect family) {
        return family == dialect();
    }

    /** {@return whether statements use MySQL's quotes and comments: backticks, #, and backslash escapes} */
    default boolean isWrittenAsMySql() {
        return false;
    }

    /** {@return the quote of names in plain JDBC statements} */
    default String quote() {
        return "\"";
    }

    // Time

    /** {@return the database's clock in UTC, as SQL; it advances within a transaction, except on H2} */
    String clock();

    /** {@return an SQL template for a later time: {@code {0}} is the time, {@code {1}} the milliseconds} */
    String later();

    /** {@return the {@link #clock()} as a field} */
    default Field<LocalDateTime> now() {
        return DSL.field("(" + clock() + ")", SQLDataType.LOCALDATETIME(6));
    }

    /**
     * A later time.
     *
     * @param time the time
     * @param by how much later, in whole milliseconds
     * @return an expression
     */
    default Field<LocalDateTime> later(Field<LocalDateTime> time, Duration by) {
        return DSL.field("(" + later() + ")", SQLDataType.LOCALDATETIME(6), time, DSL.inline(by.toMillis()));
    }

    /**
     * The {@link #clock()}, or a later time, for a plain JDBC statement.
     *
     * @param by how much later, in whole milliseconds
     * @return an expression
     */
    default String clock(Duration by) {
        String now = "(" + clock() + ")";
        return by.isZero() ? now : "(" + later().replace("{0}", now).replace("{1}", Long.toString(by.toMillis())) + ")";
    }

    // State tables

    /**
     * The schema in which an unqualified table is created. The application's state tables are there, unless it names another one.
     *
     * @param connection a connection
     * @return a schema, on MariaDB and MySQL a database; null if the connection has none
     * @throws SQLException if the server can't be asked
     */
    @Nullable
    String currentSchema(Connection connection) throws SQLException;

    /** {@return whether each of our transactions uses the first connection's search path} */
    default boolean keepsSchema() {
        return false;
    }

    /**
     * The columns of a table, in lower case.
     *
     * @param connection a connection
     * @param schema the table's schema, on MariaDB and MySQL its database
     * @param table the table's name
     * @return the names, none if the table doesn't exist
     * @throws SQLException if the server can't be asked
     */
    default Set<String> columns(Connection connection, String schema, String table) throws SQLException {
        return InformationSchema.names(connection, InformationSchema.COLUMNS, schema, table);
    }

    /**
     * Allows only one transaction at a time to create tables in a schema, if CREATE TABLE IF NOT EXISTS alone isn't safe. Tenants
     * with different schemas don't wait for each other.
     *
     * @param dsl the transaction
     * @param schema the schema
     */
    default void lockCreation(DSLContext dsl, String schema) {}

    /**
     * Adapts jOOQ's statement that creates a state table to this product.
     *
     * @param sql the statement as jOOQ writes it
     * @return the statement to send
     */
    default String definition(String sql) {
        return sql;
    }

    /**
     * Adapts a plain JDBC statement on the state tables: overrides settings that protect people from mistakes.
     *
     * @param sql the statement
     * @return the statement to send
     */
    default String plain(String sql) {
        return sql;
    }

    // Transactions

    /** {@return whether a schema change is part of its transaction and rolls back with it; otherwise it commits} */
    default boolean rollsBackSchemaChanges() {
        return false;
    }

    /**
     * Begins a transaction: read committed, with its limits.
     *
     * @param connection a connection without auto-commit
     * @param limits the transaction's limits
     * @throws SQLException if the server refuses
     */
    void begin(Connection connection, Limits limits) throws SQLException;

    /**
     * Restores what {@link #begin} has changed in the session, before the connection goes back to its pool.
     *
     * @param connection the connection, with no open transaction
     * @throws SQLException if the server refuses
     */
    default void restore(Connection connection) throws SQLException {}

    /**
     * Whether a connection is in a transaction that someone else has begun and not ended, as far as the server tells.
     *
     * @param connection a connection without auto-commit
     * @return true for such a transaction, which must not be touched
     * @throws SQLException if the server can't be asked
     */
    boolean isInTransaction(Connection connection) throws SQLException;

    /**
     * Applies limits to each statement, if they can't be set for a transaction.
     *
     * @param limits the limits
     * @param lockTimeout how long a statement that starts now may wait for a lock
     * @return a listener for one context, null if none is needed
     */
    default @Nullable ExecuteListener beforeEachStatement(Limits limits, Supplier<Duration> lockTimeout) {
        return null;
    }

    /**
     * Lets the next statements of this transaction wait longer for a lock.
     *
     * @param connection the transaction's connection
     * @param time how long
     * @throws SQLException if the server refuses
     */
    default void raiseLockTimeout(Connection connection, Duration time) throws SQLException {}

    /**
     * Lets the next queries of this transaction use more processes of the server, if it can.
     *
     * @param connection the transaction's connection
     * @param most how many besides the session's own
     * @throws SQLException if the server refuses
     */
    default void allowParallelWorkers(Connection connection, int most) throws SQLException {}

    /**
     * Lets the client of this transaction be silent for longer. The transaction may take as long as that needs.
     *
     * @param connection the transaction's connection
     * @param time how long
     * @throws SQLException if the server refuses
     */
    default void raiseIdleTimeout(Connection connection, Duration time) throws SQLException {}

    /**
     * Checks deferred constraints now instead of at COMMIT, and those of later statements at once.
     *
     * @param dsl the transaction
     */
    default void checkDeferred(DSLContext dsl) {}

    /**
     * Whether there are constraints that may be checked at COMMIT only.
     *
     * @param dsl a transaction
     * @return true if {@link #checkDeferred} has something to check
     */
    default boolean hasDeferred(DSLContext dsl) {
        return false;
    }

    /**
     * Marks the session that works under a claim, for longer than a transaction, so that others can find it.
     *
     * @param connection a connection without an open transaction
     * @param limits limits with the claim's name
     * @param inAutoCommit whether statements follow outside a transaction
     * @return the mark, which the caller removes later; null if none is needed or possible
     * @throws SQLException if the server refuses
     */
    default @Nullable SessionMark mark(Connection connection, Limits limits, boolean inAutoCommit) throws SQLException {
        return null;
    }

    /**
     * Ends the sessions with a name, and waits a while until they are gone.
     *
     * @param dsl a transaction
     * @param name the sessions' name
     * @return whether none is left
     */
    default boolean endSession(DSLContext dsl, String name) {
        return true;
    }

    /** {@return the transactions that are open at its first call; thread-safe} */
    OlderTransactions olderTransactions();

    /**
     * A number that tells transactions apart, if a savepoint can't.
     *
     * @param dsl a transaction that has changed something
     * @return its number, null if a savepoint is enough
     */
    default @Nullable String transactionId(DSLContext dsl) {
        return null;
    }

    /** {@return whether a transaction gets its number only with its first change} */
    default boolean numbersTransactionsByChange() {
        return false;
    }

    // Errors

    /**
     * The kind of a failure that has a code of this product.
     *
     * @param failure the driver's exception
     * @return the kind, null if the standard SQLSTATE is enough
     */
    @Nullable
    Trouble trouble(SQLException failure);

    // Others on the server

    /**
     * Whether anyone waits for a lock of this transaction.
     *
     * @param dsl the transaction
     * @return true if someone waits
     * @throws org.jooq.exception.DataAccessException if the server doesn't tell this user
     */
    boolean isWaitedFor(DSLContext dsl);

    /** {@return the privilege that {@link #isWaitedFor} needs, empty for none} */
    default String rightToSeeWaiters() {
        return "";
    }

    /** {@return whether a failed statement makes its whole transaction fail} */
    default boolean failsWholeTransaction() {
        return false;
    }

    /**
     * The session that holds the locks that one of our sessions waits for.
     *
     * @param dsl another transaction
     * @param name the name of the waiting session
     * @return a phrase such as "session 4711 (psql, open for 12 s): select …", null for none or unknown
     */
    default @Nullable String blocker(DSLContext dsl, String name) {
        return null;
    }

    /** {@return the shortest time between two calls of {@link #blocker}, so that its answer isn't an old one} */
    default Duration showsLocksEach() {
        return Duration.ZERO;
    }

    /** {@return whether a batch waits for locks; false if the shortest wait is a second, so it doesn't wait at all} */
    default boolean waitsBriefly() {
        return true;
    }

    // Replicas

    /** {@return how this product's servers report the lag of a replica} */
    Replication replication();

    /** How servers report replication lag. */
    enum Replication {
        /** As log positions, on the primary and on each standby. */
        LOG_POSITIONS,
        /** In seconds, by {@code show all replicas status} on the replica. */
        ALL_REPLICAS_STATUS,
        /** In seconds, by {@code show replica status} on the replica. */
        REPLICA_STATUS,
        /** It has no replicas. */
        NONE
    }
}
