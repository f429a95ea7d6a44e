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
 * A database product, as one server of it was found: everything in which products differ. Immutable and thread-safe.
 * {@link Products#of} finds it.
 */
public sealed interface Product extends WalkedTables permits Postgres, InnoDb, H2 {
    /** {@return the product's name, for people} */
    String name();

    /** {@return the dialect that our own statements are written in} */
    SQLDialect dialect();

    /**
     * Whether statements of a dialect are understood.
     *
     * @param family a dialect's family
     * @return true for the product's own, and for one that differs in what is not used here
     */
    default boolean speaks(SQLDialect family) {
        return family == dialect();
    }

    /** {@return whether statements have the quotes and comments of MySQL: backticks, #, and backslashes that escape} */
    default boolean isWrittenAsMySql() {
        return false;
    }

    /** {@return what the names in a statement of plain JDBC stand in} */
    default String quote() {
        return "\"";
    }

    // Time

    /** {@return the database's running clock in UTC, as SQL; it advances within a transaction, except on H2} */
    String clock();

    /** {@return a time later than another, as SQL: {@code {0}} is the other time, {@code {1}} the milliseconds} */
    String later();

    /** {@return the {@link #clock()} as a field} */
    default Field<LocalDateTime> now() {
        return DSL.field("(" + clock() + ")", SQLDataType.LOCALDATETIME(6));
    }

    /**
     * A time later than another.
     *
     * @param time the other
     * @param by how much, in whole milliseconds
     * @return an expression
     */
    default Field<LocalDateTime> later(Field<LocalDateTime> time, Duration by) {
        return DSL.field("(" + later() + ")", SQLDataType.LOCALDATETIME(6), time, DSL.inline(by.toMillis()));
    }

    /**
     * The {@link #clock()}, or a time later than it, for a statement of plain JDBC.
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
     * The schema in which a table without one is created: where this application's state tables are, unless it names another.
     *
     * @param connection a connection
     * @return a schema, on MariaDB and MySQL a database; null if the connection has none
     * @throws SQLException when the server cannot be asked
     */
    @Nullable
    String currentSchema(Connection connection) throws SQLException;

    /** {@return whether each transaction of ours finds tables by the search path of the first connection} */
    default boolean keepsSchema() {
        return false;
    }

    /**
     * The columns of a table, in lower case.
     *
     * @param connection a connection
     * @param schema the table's schema, on MariaDB and MySQL its database
     * @param table the table's name
     * @return the names, none for a table that does not exist
     * @throws SQLException when the server cannot be asked
     */
    default Set<String> columns(Connection connection, String schema, String table) throws SQLException {
        return InformationSchema.names(connection, InformationSchema.COLUMNS, schema, table);
    }

    /**
     * Lets one transaction at a time create tables in a schema, if CREATE TABLE IF NOT EXISTS does not do that by itself. Schemas of
     * many tenants do not wait for each other.
     *
     * @param dsl the transaction
     * @param schema the schema
     */
    default void lockCreation(DSLContext dsl, String schema) {}

    /**
     * A statement of jOOQ's that creates a state table, as this product needs it.
     *
     * @param sql the statement as jOOQ writes it
     * @return the statement to send
     */
    default String definition(String sql) {
        return sql;
    }

    /**
     * A statement of plain JDBC on the state tables, without what a DBA has set against people's slips.
     *
     * @param sql the statement
     * @return the statement to send
     */
    default String plain(String sql) {
        return sql;
    }

    // Transactions

    /** {@return whether a schema change is part of its transaction, and rolled back with it; otherwise it commits} */
    default boolean rollsBackSchemaChanges() {
        return false;
    }

    /**
     * Begins a transaction: read committed, with its limits.
     *
     * @param connection a connection without auto-commit
     * @param limits what the transaction may take
     * @throws SQLException when the server refuses
     */
    void begin(Connection connection, Limits limits) throws SQLException;

    /**
     * Restores what {@link #begin} had to set for the session, before the connection goes back to its pool.
     *
     * @param connection the connection, with no transaction open
     * @throws SQLException when the server refuses
     */
    default void restore(Connection connection) throws SQLException {}

    /**
     * Whether a connection is in a transaction that somebody has begun and not ended, as far as the server tells.
     *
     * @param connection a connection without auto-commit
     * @return true for a transaction of somebody else's, which must not be touched
     * @throws SQLException when the server cannot be asked
     */
    boolean isInTransaction(Connection connection) throws SQLException;

    /**
     * Brings limits to statements that a transaction cannot have by itself.
     *
     * @param limits the limits
     * @param lockTimeout how long a statement that begins now may wait for a lock
     * @return a listener for one context, null if the transaction has them all
     */
    default @Nullable ExecuteListener beforeEachStatement(Limits limits, Supplier<Duration> lockTimeout) {
        return null;
    }

    /**
     * Lets the statements that follow in this transaction wait longer for a lock.
     *
     * @param connection the transaction's
     * @param time how long
     * @throws SQLException when the server refuses
     */
    default void raiseLockTimeout(Connection connection, Duration time) throws SQLException {}

    /**
     * Lets the client of this transaction send nothing for a longer time, and the transaction take as long as that needs.
     *
     * @param connection the transaction's
     * @param time how long
     * @throws SQLException when the server refuses
     */
    default void raiseIdleTimeout(Connection connection, Duration time) throws SQLException {}

    /**
     * Checks the constraints that the database would check at COMMIT, and those of later statements at once.
     *
     * @param dsl the transaction
     */
    default void checkDeferred(DSLContext dsl) {}

    /**
     * Whether any constraint may be checked at COMMIT only.
     *
     * @param dsl a transaction
     * @return true if {@link #checkDeferred} has something to check
     */
    default boolean hasDeferred(DSLContext dsl) {
        return false;
    }

    /**
     * Shows others which session works under a claim, for longer than a transaction.
     *
     * @param connection with no transaction open
     * @param limits what has the claim's name
     * @param inAutoCommit whether statements follow outside of a transaction
     * @return the mark, to be removed; null if none is needed or possible
     * @throws SQLException when the server refuses
     */
    default @Nullable SessionMark mark(Connection connection, Limits limits, boolean inAutoCommit) throws SQLException {
        return null;
    }

    /**
     * Ends the sessions that show a name, and waits a while until they are gone.
     *
     * @param dsl a transaction
     * @param name what they show
     * @return whether there is none any more
     */
    default boolean endSession(DSLContext dsl, String name) {
        return true;
    }

    /** {@return the transactions that are open when it is first asked; it is safe for threads} */
    OlderTransactions olderTransactions();

    /**
     * What tells one transaction from the next, if a savepoint does not.
     *
     * @param dsl a transaction that has changed something
     * @return its number, null if a savepoint is enough
     */
    default @Nullable String transactionId(DSLContext dsl) {
        return null;
    }

    /** {@return whether a transaction has a number only after its first change} */
    default boolean numbersTransactionsByChange() {
        return false;
    }

    // Errors

    /**
     * The kind of a failure that this product alone knows by its code.
     *
     * @param failure what its driver has thrown
     * @return the kind, null if the standard's SQLSTATE says enough
     */
    @Nullable
    Trouble trouble(SQLException failure);

    // Others on the server

    /**
     * Whether anybody waits for a lock of this transaction.
     *
     * @param dsl the transaction
     * @return true if somebody waits
     * @throws org.jooq.exception.DataAccessException when the server does not tell this user
     */
    boolean isWaitedFor(DSLContext dsl);

    /** {@return what the database user needs so that {@link #isWaitedFor} can be answered, empty if nothing} */
    default String rightToSeeWaiters() {
        return "";
    }

    /** {@return whether a statement that fails ends its transaction} */
    default boolean failsWholeTransaction() {
        return false;
    }

    /**
     * Who holds the locks that a session of ours waits for.
     *
     * @param dsl another transaction
     * @param name what the waiting session shows
     * @return a phrase such as "session 4711 (psql, open for 12 s): select …", null for nobody or unknown
     */
    default @Nullable String blocker(DSLContext dsl, String name) {
        return null;
    }

    /** {@return how often the server may be asked that at most, so that its answer is not that of the time before} */
    default Duration showsLocksEach() {
        return Duration.ZERO;
    }

    /** {@return whether a batch waits for locks; false if it would have to wait a second, and does not wait at all} */
    default boolean waitsBriefly() {
        return true;
    }

    // Replicas

    /** {@return how this product's servers tell how far a replica is behind} */
    Replication replication();

    /** What a server tells of replication. */
    enum Replication {
        /** By positions in the log, on the primary and on each standby. */
        LOG_POSITIONS,
        /** In seconds, by {@code show all replicas status} on the replica. */
        ALL_REPLICAS_STATUS,
        /** In seconds, by {@code show replica status} on the replica. */
        REPLICA_STATUS,
        /** It has no replicas. */
        NONE
    }
}
