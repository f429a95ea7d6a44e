package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.product.TableShape.Column;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, from 14 on.
 *
 * @param looksAfterClients whether the server looks whether its client is still there; not every platform lets it
 * @param timesTransactions whether it ends a transaction that takes too long: from 17 on
 * @param searchPath where the names of the first connection's statements were looked for
 */
public record Postgres(boolean looksAfterClients, boolean timesTransactions, String searchPath) implements Product {
    /** Tells our locks from others': the letters of "async". */
    private static final long CREATION_LOCK = 0x6173_796e_6300_0000L;

    /** A session that is ended rolls back first. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

    /** {@return this server, asked what it can} */
    static Postgres of(Connection connection) throws SQLException {
        String searchPath = value(connection, "select current_setting('search_path')");
        return new Postgres(
                takes(connection, "client_connection_check_interval", "1000ms"),
                takes(connection, "transaction_timeout", "0"),
                temporaryLast(searchPath == null ? "" : searchPath));
    }

    /** Else temporary tables, which somebody may have left on a session, go before all others of their names. */
    private static String temporaryLast(String searchPath) {
        return searchPath.isBlank() || searchPath.contains("pg_temp") ? searchPath : searchPath + ", pg_temp";
    }

    private static @Nullable String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static boolean takes(Connection connection, String setting, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select " + local(setting, value));
            return true;
        } catch (SQLException refused) {
            return false;
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.POSTGRES;
    }

    @Override
    public String clock() {
        return "clock_timestamp() at time zone 'UTC'";
    }

    @Override
    public String later() {
        return "{0} + {1} * interval '1 millisecond'";
    }

    @Override
    public @Nullable String currentSchema(Connection connection) throws SQLException {
        return value(connection, "select current_schema()");
    }

    /** A pool may set its schema within a transaction, and lose it with a rollback; then other tables would have our names. */
    @Override
    public boolean keepsSchema() {
        return true;
    }

    @Override
    public Set<String> columns(Connection connection, String schema, String table) throws SQLException {
        // The catalog: information_schema hides what the user has no right to.
        String sql =
                "select lower(a.attname) from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid"
                        + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped";
        return InformationSchema.names(connection, sql, schema, table);
    }

    @Override
    public void lockCreation(DSLContext dsl, String schema) {
        // CREATE TABLE IF NOT EXISTS by several sessions at once fails; the lock ends with the transaction.
        dsl.query("select pg_advisory_xact_lock({0})", DSL.inline(CREATION_LOCK ^ schema.hashCode()))
                .execute();
    }

    @Override
    public boolean rollsBackSchemaChanges() {
        return true;
    }

    @Override
    public void begin(Connection connection, Limits limits) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level read committed; select " + settings(limits));
        }
    }

    private String settings(Limits limits) {
        List<String> settings = new ArrayList<>(List.of(
                local("lock_timeout", millis(limits.lockTimeout())),
                local("statement_timeout", millis(limits.statementTimeout())),
                local("idle_in_transaction_session_timeout", millis(limits.idleTimeout())),
                // What a policy hides is an error, and not left out.
                local("row_security", "off"),
                local("search_path", searchPath),
                local("application_name", limits.sessionName())));
        if (timesTransactions) {
            settings.add(local("transaction_timeout", millis(limits.transactionTimeout())));
        }
        if (limits.sparesServer()) {
            // What a batch has done and how far it came are lost together, or not at all; the cores are others'; and a
            // plan for any stretch would be a guess at how long this one is.
            settings.add(local("synchronous_commit", "off"));
            settings.add(local("max_parallel_workers_per_gather", "0"));
            settings.add(local("plan_cache_mode", "force_custom_plan"));
        }
        if (looksAfterClients) {
            // A client that was killed leaves no socket: the server looks, and ends its statement.
            settings.add(local("client_connection_check_interval", "1000ms"));
        }
        return String.join(", ", settings);
    }

    private static String millis(Duration time) {
        return time.toMillis() + "ms";
    }

    private static String local(String setting, String value) {
        return "set_config('" + setting + "', '" + value.replace("'", "''") + "', true)";
    }

    @Override
    public void raiseLockTimeout(Connection connection, Duration time) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select " + local("lock_timeout", millis(time)));
        }
    }

    @Override
    public void raiseIdleTimeout(Connection connection, Duration time) throws SQLException {
        String whole = timesTransactions ? ", " + local("transaction_timeout", "0") : "";
        try (Statement statement = connection.createStatement()) {
            statement.execute("select " + local("idle_in_transaction_session_timeout", millis(time)) + whole);
        }
    }

    @Override
    public boolean hasDeferred(DSLContext dsl) {
        // Constraint triggers have a row there too.
        return Boolean.TRUE.equals(
                dsl.fetchValue("select exists (select 1 from pg_catalog.pg_constraint where condeferrable)"));
    }

    @Override
    public void checkDeferred(DSLContext dsl) {
        dsl.query("set constraints all immediate").execute();
    }

    /** Whoever has only read has nothing to lose by a rollback, and is not told from a new transaction. */
    @Override
    public boolean isInTransaction(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_xact_id_if_assigned() is not null")) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException failure) {
            // An earlier statement of that transaction has failed.
            if ("25P02".equals(failure.getSQLState())) {
                return true;
            }
            throw failure;
        }
    }

    /** A transaction names its session itself; only statements outside of one need more. */
    @Override
    public @Nullable SessionMark mark(Connection connection, Limits limits, boolean inAutoCommit) throws SQLException {
        if (!inAutoCommit) {
            return null;
        }
        // No lock_timeout: CREATE INDEX CONCURRENTLY waits for others' transactions, and would leave an invalid index.
        List<String> settings = new ArrayList<>(List.of("application_name", "statement_timeout"));
        List<String> values = new ArrayList<>(List.of(limits.sessionName(), millis(limits.statementTimeout())));
        if (looksAfterClients) {
            settings.add("client_connection_check_interval");
            values.add("1000ms");
        }
        List<String> before = new ArrayList<>();
        String sql = "select current_setting(?)" + ", current_setting(?)".repeat(settings.size() - 1);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < settings.size(); i++) {
                statement.setString(i + 1, settings.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int i = 0; i < settings.size(); i++) {
                    before.add(row.getString(i + 1));
                }
            }
        }
        set(connection, settings, values);
        return new SessionMark(limits.sessionName(), session -> set(session, settings, before));
    }

    private static void set(Connection connection, List<String> settings, List<String> values) throws SQLException {
        String one = "set_config(?, ?, false)";
        String sql = "select " + one + (", " + one).repeat(settings.size() - 1);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < settings.size(); i++) {
                statement.setString(2 * i + 1, settings.get(i));
                statement.setString(2 * i + 2, values.get(i));
            }
            statement.execute();
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    @Override
    public boolean endSession(DSLContext dsl, String name) {
        return dsl
                .resultQuery(
                        "select pg_terminate_backend(pid, {0}) from pg_stat_activity"
                                + " where application_name = {1} and pid <> pg_backend_pid()",
                        DSL.inline(GONE_WITHIN.toMillis()), DSL.val(name))
                .fetchInto(Boolean.class)
                .stream()
                .allMatch(Boolean.TRUE::equals);
    }

    @Override
    public OlderTransactions olderTransactions() {
        return new OlderTransactions.BySnapshot();
    }

    @Override
    public @Nullable Trouble trouble(SQLException failure) {
        return PostgresTroubles.of(failure);
    }

    @Override
    public @Nullable String nameOf(DSLContext dsl, String sql) {
        return PostgresTable.nameOf(dsl, sql);
    }

    @Override
    public TableShape shape(DSLContext dsl, Table<?> table, TableShape.Place place) {
        return PostgresTable.read(dsl, table);
    }

    @Override
    public @Nullable String unwalkable(DSLContext dsl, Table<?> table, TableShape shape) {
        return PostgresTable.unwalkable(dsl, table, shape);
    }

    @Override
    public KeyColumn position(Table<?> table) {
        return RowPositions.column(table);
    }

    @Override
    public @Nullable String unpositioned(DSLContext dsl, Table<?> table) {
        return RowPositions.unpositioned(dsl, table);
    }

    @Override
    public RowPositions positions(DSLContext dsl, TableShape shape) {
        return RowPositions.read(dsl, shape);
    }

    @Override
    public String wayWithoutKey(Table<?> table) {
        return "walk it by the position of its rows, with BatchKey.byPosition(table) and pending(), or let key() name columns"
                + " with a unique index";
    }

    @Override
    public @Nullable String unwritable(DSLContext dsl, TableShape shape) {
        return PostgresTable.unwritable(dsl, shape);
    }

    @Override
    public long estimate(DSLContext dsl, Table<?> table, TableShape shape) {
        return PostgresTable.estimate(
                dsl, shape, explain(dsl, dsl.selectOne().from(table)).rows());
    }

    @Override
    public boolean hasColumnsWithoutStatistics(DSLContext dsl, TableShape shape) {
        return PostgresTable.hasColumnsWithoutStatistics(dsl, shape);
    }

    @Override
    public List<KeyIndex> indexes(DSLContext dsl, TableShape shape) {
        return PostgresIndexes.read(dsl, shape);
    }

    @Override
    public String indexDefinition(String name, String on) {
        return "create index concurrently on " + on;
    }

    @Override
    public @Nullable KeyText keyText(Column column) {
        return KeyTexts.ofPostgres(column);
    }

    @Override
    public @Nullable String unorderedHere(DSLContext dsl, Column column) {
        return PostgresTable.unordered(column);
    }

    @Override
    public DataType<?> unknownType() {
        return UntypedText.TYPE;
    }

    @Override
    public boolean comparesRowValues() {
        return true;
    }

    /** The planner takes two row values for independent of each other, expects a quarter of the table between them, and might read all of it. */
    @Override
    public boolean boundsFirstColumn(boolean bothSides) {
        return bothSides;
    }

    @Override
    public boolean materializes() {
        return true;
    }

    /** Rows of other tables may go on to refer to ours: the key stays as it is. */
    @Override
    public <R extends Record> Select<R> locking(SelectForUpdateStep<R> select) {
        return select.forNoKeyUpdate();
    }

    @Override
    public long write(ChangedRows rows) {
        return rows.columns().stream()
                        .allMatch(column -> rows.type(column.getName()) != null && ColumnText.fits(column))
                ? writeWithArrays(rows)
                : rows.inChunks(ChangedRows.MOST, SingleUpdates::write);
    }

    private static long writeWithArrays(ChangedRows rows) {
        Map<Boolean, List<ChangedRow>> texts =
                rows.rows().stream().collect(Collectors.partitioningBy(ColumnText::fits));
        return rows.of(texts.get(true)).inChunks(ChangedRows.MOST_IN_ARRAYS, ArrayUpdate::write)
                + rows.of(texts.get(false)).inChunks(ChangedRows.MOST, SingleUpdates::write);
    }

    @Override
    public Explained explain(DSLContext dsl, Select<?> query) {
        return Explained.ofPostgres(dsl, query);
    }

    @Override
    public long rowsChanged(DSLContext dsl, TableShape shape) {
        return PostgresTable.rowsChanged(dsl, shape);
    }

    @Override
    public boolean isWaitedFor(DSLContext dsl) {
        return PostgresLocks.isWaitedFor(dsl);
    }

    @Override
    public boolean failsWholeTransaction() {
        return true;
    }

    @Override
    public @Nullable String blocker(DSLContext dsl, String name) {
        return PostgresLocks.blocker(dsl, name);
    }

    @Override
    public Replication replication() {
        return Replication.LOG_POSITIONS;
    }
}
