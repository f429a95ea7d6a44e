package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.product.TableShape.Column;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * H2, from version 2.2. Its clock doesn't advance within a transaction, sessions have no names, and the sessions of an embedded
 * database end with their process.
 *
 * @param queryTimeout the statement timeout of a session as its pool hands it out, in milliseconds, 0 for none
 * @param lockTimeout the lock timeout, in milliseconds
 * @param claims the number of the session that works under each claim, since H2's sessions have no names
 */
public record H2(int queryTimeout, int lockTimeout, Map<String, Integer> claims) implements Product {
    /** More than can be at work at a time. */
    private static final int MOST_CLAIMS = 1_000;

    private static final String OPEN_TRANSACTIONS =
            "select cast(session_id as varchar) from information_schema.sessions"
                    + " where contains_uncommitted and session_id <> session_id()";

    /** H2 doesn't show when a transaction began, nor the last statement of an idle session. */
    private static final String BLOCKER = "select b.session_id, b.user_name, b.client_addr, b.client_info,"
            + " cast(null as bigint), b.executing_statement from information_schema.sessions w"
            + " join information_schema.sessions b on b.session_id = w.blocker_id where w.session_id = {0}";

    /** {@return this database, with the current settings of its sessions} */
    static H2 of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select lock_timeout()")) {
            row.next();
            return new H2(statement.getQueryTimeout() * 1000, row.getInt(1), noClaims());
        }
    }

    private static Map<String, Integer> noClaims() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > MOST_CLAIMS;
            }
        });
    }

    @Override
    public String name() {
        return "H2";
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.H2;
    }

    @Override
    public String clock() {
        // Not "at time zone": a cast to a timestamp without zone would use the session's zone.
        return "dateadd(microsecond, cast(extract(epoch from current_timestamp(6)) * 1000000 as bigint),"
                + " timestamp '1970-01-01 00:00:00.000000')";
    }

    @Override
    public String later() {
        return "dateadd(millisecond, {1}, {0})";
    }

    @Override
    public @Nullable String currentSchema(Connection connection) throws SQLException {
        return connection.getSchema();
    }

    /** H2 has no settings for one transaction. Its default isolation level is read committed. */
    @Override
    public void begin(Connection connection, Limits limits) throws SQLException {
        setTimeouts(
                connection,
                limits.statementTimeout().toMillis(),
                limits.lockTimeout().toMillis());
        if (limits.isOfAClaim()) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select session_id()")) {
                row.next();
                claims.put(limits.sessionName(), row.getInt(1));
            }
        }
    }

    @Override
    public void restore(Connection connection) throws SQLException {
        setTimeouts(connection, queryTimeout, lockTimeout);
    }

    private static void setTimeouts(Connection connection, long query, long lock) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set query_timeout " + query);
            statement.execute("set lock_timeout " + lock);
        }
    }

    @Override
    public void raiseLockTimeout(Connection connection, Duration time) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout " + time.toMillis());
        }
    }

    @Override
    public boolean isInTransaction(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select transaction_id()")) {
            return row.next() && row.getString(1) != null;
        }
    }

    @Override
    public OlderTransactions olderTransactions() {
        return new OlderTransactions.ByList(dsl -> dsl.fetch(OPEN_TRANSACTIONS).getValues(0, String.class));
    }

    @Override
    public boolean numbersTransactionsByChange() {
        return true;
    }

    /** H2 reports no error when a savepoint of an ended transaction is released, so the number is needed. */
    @Override
    public @Nullable String transactionId(DSLContext dsl) {
        return dsl.resultQuery("select transaction_id()").fetchOneInto(String.class);
    }

    @Override
    public @Nullable Trouble trouble(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case 50200 -> Trouble.LOCK;
            case 90131, 40001 -> Trouble.CONFLICT;
            case 57014 -> Trouble.TIMEOUT;
            case 90097, 90098, 90121, 90067 -> Trouble.CONNECTION;
            // Thrown by a trigger or a function in Java; a scalar subquery with several rows.
            case 90044, 90105, 90053 -> Trouble.DATA;
            default -> null;
        };
    }

    @Override
    public TableShape shape(DSLContext dsl, Table<?> table, TableShape.Place place) {
        return JdbcTable.read(dsl, place, Map.of());
    }

    @Override
    public long estimate(DSLContext dsl, Table<?> table, TableShape shape) {
        return InformationSchema.rows(dsl, shape, "row_count_estimate");
    }

    @Override
    public List<KeyIndex> indexes(DSLContext dsl, TableShape shape) {
        return H2Indexes.read(dsl, shape);
    }

    @Override
    public @Nullable KeyText keyText(Column column) {
        return KeyTexts.ofH2(column);
    }

    /** H2 derives no range from an OR, and would read the index from its start. */
    @Override
    public boolean boundsFirstColumn(boolean bothSides) {
        return true;
    }

    /** A JDBC batch is the fastest way, since the database is in the same process. */
    @Override
    public long write(ChangedRows rows) {
        return rows.inChunks(ChangedRows.MOST, SingleUpdates::write);
    }

    @Override
    public Explained explain(DSLContext dsl, Select<?> query) {
        return Explained.ofH2(dsl, query);
    }

    @Override
    public boolean isWaitedFor(DSLContext dsl) {
        return !dsl.fetch("select 1 from information_schema.sessions where blocker_id = session_id() limit 1")
                .isEmpty();
    }

    @Override
    public @Nullable String blocker(DSLContext dsl, String name) {
        Integer session = claims.get(name);
        return session == null ? null : Blocker.first(dsl, BLOCKER, session);
    }

    @Override
    public Replication replication() {
        return Replication.NONE;
    }
}
