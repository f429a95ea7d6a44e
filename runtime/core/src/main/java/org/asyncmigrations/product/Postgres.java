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
 * PostgreSQL, from version 14.
 *
 * @param looksAfterClients whether the server can check that its client is still connected, which depends on the platform
 * @param timesTransactions whether it can limit the time of a transaction: from version 17
 * @param writesBack whether a session can have the kernel write its pages to the disk soon
 * @param searchPath the search path of the first connection
 */
public record Postgres(boolean looksAfterClients, boolean timesTransactions, boolean writesBack, String searchPath)
        implements Product {
    /** Keeps our advisory locks apart from others: the letters of "async". */
    private static final long CREATION_LOCK = 0x6173_796e_6300_0000L;

    /** How much a session writes before the kernel begins to write it to the disk. */
    private static final String WRITE_BACK = "512kB";

    /** How long to wait for a terminated session, which rolls back first. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

    /** {@return this server, with its capabilities} */
    static Postgres of(Connection connection) throws SQLException {
        String searchPath = value(connection, "select current_setting('search_path')");
        return new Postgres(
                takes(connection, "client_connection_check_interval", "1000ms"),
                takes(connection, "transaction_timeout", "0"),
                takes(connection, "backend_flush_after", WRITE_BACK),
                temporaryLast(searchPath == null ? "" : searchPath));
    }

    /** Otherwise temporary tables left in a session would hide other tables of the same names. */
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

    /** A pool may set its schema in a transaction and lose it with a rollback. Then our names would mean other tables. */
    @Override
    public boolean keepsSchema() {
        return true;
    }

    @Override
    public Set<String> columns(Connection connection, String schema, String table) throws SQLException {
        // The catalog, because information_schema hides tables that the user has no right to.
        String sql =
                "select lower(a.attname) from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid"
                        + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped";
        return InformationSchema.names(connection, sql, schema, table);
    }

    @Override
    public void lockCreation(DSLContext dsl, String schema) {
        // Concurrent CREATE TABLE IF NOT EXISTS fails. The lock ends with the transaction.
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
                // If a policy hides rows, fail instead of skipping them.
                local("row_security", "off"),
                local("search_path", searchPath),
                local("application_name", limits.sessionName())));
        if (timesTransactions) {
            settings.add(local("transaction_timeout", millis(limits.transactionTimeout())));
        }
        if (limits.sparesServer()) {
            // A batch's work and its progress are lost together or not at all, so the commit need not wait for the
            // disk. Parallel workers would take cores from others. A generic plan could only guess the length of this
            // batch's section.
            settings.add(local("synchronous_commit", "off"));
            settings.add(local("max_parallel_workers_per_gather", "0"));
            settings.add(local("plan_cache_mode", "force_custom_plan"));
            if (writesBack) {
                // Otherwise the kernel keeps what batches have written for half a minute, and then writes it all at
                // once, while everybody's commits wait. The server's own value stays if it has one.
                settings.add("set_config('backend_flush_after', coalesce(nullif("
                        + "current_setting('backend_flush_after'), '0'), '" + WRITE_BACK + "'), true)");
            }
        }
        if (looksAfterClients) {
            // Lets the server notice that its client was killed, and end the client's statement.
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
    public void allowParallelWorkers(Connection connection, int most) throws SQLException {
        // Not more than a session has otherwise: whoever runs the server may have forbidden it.
        execute(
                connection,
                "select set_config(name, least(reset_val::int, " + most + ")::text, true) from pg_settings"
                        + " where name = 'max_parallel_workers_per_gather'");
    }

    @Override
    public void raiseLockTimeout(Connection connection, Duration time) throws SQLException {
        execute(connection, "select " + local("lock_timeout", millis(time)));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
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
        // Constraint triggers are listed there too.
        return Boolean.TRUE.equals(
                dsl.fetchValue("select exists (select 1 from pg_catalog.pg_constraint where condeferrable)"));
    }

    @Override
    public void checkDeferred(DSLContext dsl) {
        dsl.query("set constraints all immediate").execute();
    }

    /** A transaction that has only read loses nothing by a rollback, so it isn't told apart from a new one. */
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

    /** A transaction names its own session. Only statements outside a transaction need a mark. */
    @Override
    public @Nullable SessionMark mark(Connection connection, Limits limits, boolean inAutoCommit) throws SQLException {
        if (!inAutoCommit) {
            return null;
        }
        // No lock_timeout: CREATE INDEX CONCURRENTLY waits for other transactions, and a timeout would leave an
        // invalid index.
        List<String> settings = new ArrayList<>(List.of("application_name", "statement_timeout"));
        List<String> values = new ArrayList<>(List.of(limits.sessionName(), millis(limits.statementTimeout())));
        // Names mean the same tables as in the transactions before.
        settings.add("search_path");
        values.add(searchPath);
        if (timesTransactions) {
            settings.add("transaction_timeout");
            values.add("0");
        }
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

    /**
     * The planner treats two row-value comparisons as independent, expects a quarter of the table between them, and might read all
     * of it.
     */
    @Override
    public boolean boundsFirstColumn(boolean bothSides) {
        return bothSides;
    }

    @Override
    public boolean materializes() {
        return true;
    }

    /** The key doesn't change, so others may still insert rows that refer to the locked ones. */
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
