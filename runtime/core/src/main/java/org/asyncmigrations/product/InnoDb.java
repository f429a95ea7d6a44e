package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.product.TableShape.Column;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What MariaDB and MySQL have in common. */
public sealed interface InnoDb extends Product permits MariaDb, MySql {
    /** How long to wait for a killed session, which rolls back first. */
    Duration GONE_WITHIN = Duration.ofSeconds(5);

    /** The error code for a session that has already ended. */
    int NO_SUCH_SESSION = 1094;

    /** Connection numbers are reused. The start time tells a connection's transactions apart. */
    String OPEN_TRANSACTIONS = "select concat(trx_mysql_thread_id, ' ', trx_started)"
            + " from information_schema.innodb_trx where trx_mysql_thread_id <> connection_id()";

    /**
     * Error codes for a value that doesn't fit, or that a constraint refuses; the server gives many of them SQLSTATE HY000. The
     * first two come from {@code signal} in a trigger, with any SQLSTATE; the driver takes some of those for a lost connection.
     */
    Set<Integer> OF_A_ROW = Set.of(
            1644, 1643, 1048, 1062, 1118, 1172, 1242, 1264, 1265, 1292, 1300, 1301, 1364, 1365, 1366, 1367, 1369, 1406,
            1411, 1416, 1441, 1451, 1452, 1525, 1526, 1690, 1748, 3140, 3141, 3146, 3156, 3157, 3751, 3752, 3819, 3903,
            3907, 4025, 4038);

    /** The session's time zone. In a zone with summer time, one hour of the year repeats. */
    String ZONE = "select if(@@session.time_zone = 'SYSTEM', @@system_time_zone, @@session.time_zone)";

    @Override
    default boolean speaks(SQLDialect family) {
        return family == SQLDialect.MARIADB || family == SQLDialect.MYSQL;
    }

    @Override
    default boolean isWrittenAsMySql() {
        return true;
    }

    @Override
    default String quote() {
        return "`";
    }

    @Override
    default String clock() {
        return "utc_timestamp(6)";
    }

    @Override
    default String later() {
        return "{0} + interval {1} * 1000 microsecond";
    }

    @Override
    default @Nullable String currentSchema(Connection connection) throws SQLException {
        return connection.getCatalog();
    }

    @Override
    default String definition(String sql) {
        // A TIMESTAMP is converted from and to the session's time zone; a DATETIME is stored as written.
        String times = sql.replace(" timestamp(6)", " datetime(6)");
        // The server's default character set may not be able to store every key and error text.
        return times.startsWith("create table") ? times + " default character set utf8mb4" : times;
    }

    @Override
    default void begin(Connection connection, Limits limits) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level read committed");
        }
    }

    /** A lock with the claim's name, held both inside and outside a transaction. */
    @Override
    default @Nullable SessionMark mark(Connection connection, Limits limits, boolean inAutoCommit) throws SQLException {
        String name = limits.sessionName();
        try (PreparedStatement statement = connection.prepareStatement("select get_lock(?, 0)")) {
            statement.setString(1, name);
            try (ResultSet got = statement.executeQuery()) {
                return got.next() && got.getInt(1) == 1
                        ? new SessionMark(name, session -> release(session, name))
                        : null;
            }
        } catch (SQLException failure) {
            // Percona's cluster refuses such locks; its sessions then end by their own timeouts.
            if (Trouble.of(failure) == Trouble.CONNECTION) {
                throw failure;
            }
            return null;
        }
    }

    private static void release(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("do release_lock(?)")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    @Override
    default boolean endSession(DSLContext dsl, String name) {
        Field<?> lock = DSL.inline(name);
        if (dsl.resultQuery("select is_used_lock({0})", lock).fetchSingle().get(0) == null) {
            return true;
        }
        try {
            // In one statement, so that the session is the one that holds the lock now.
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

    @Override
    default OlderTransactions olderTransactions() {
        // The table is up to a tenth of a second old.
        return new OlderTransactions.ByList(dsl -> {
            dsl.fetch("select sleep(0.15)");
            return dsl.fetch(OPEN_TRANSACTIONS).getValues(0, String.class);
        });
    }

    @Override
    default @Nullable Trouble trouble(SQLException failure) {
        int code = failure.getErrorCode();
        if (OF_A_ROW.contains(code)) {
            return Trouble.DATA;
        }
        return switch (code) {
            case 1205, 3572 -> Trouble.LOCK;
            // A deadlock; a row or table that changed since it was read; a statement that must be prepared again.
            case 1213, 1020, 1412, 1615 -> Trouble.CONFLICT;
            case 1969, 3024, 1317 -> Trouble.TIMEOUT;
            // A read-only server, or a read-only transaction: sessions begin such transactions if the server is set
            // to.
            case 1290, 1836, 1792 -> Trouble.CONNECTION;
            // Disk and table; memory; connections in total and of one user.
            case 1021, 1114, 1037, 1041, 1040, 1203, 1226 -> Trouble.FULL;
            default -> null;
        };
    }

    @Override
    default TableShape shape(DSLContext dsl, Table<?> table, TableShape.Place place) {
        return JdbcTable.read(dsl, place, InnoDbTable.collations(dsl, place));
    }

    @Override
    default @Nullable String unwalkable(DSLContext dsl, Table<?> table, TableShape shape) {
        return InnoDbTable.unwalkable(dsl, table, shape);
    }

    @Override
    default long estimate(DSLContext dsl, Table<?> table, TableShape shape) {
        return InformationSchema.rows(dsl, shape, "table_rows");
    }

    @Override
    default List<KeyIndex> indexes(DSLContext dsl, TableShape shape) {
        return InnoDbIndexes.read(dsl, shape);
    }

    @Override
    default String indexDefinition(String name, String on) {
        return "create index " + name + " on " + on + " algorithm=inplace lock=none";
    }

    @Override
    default @Nullable KeyText keyText(Column column) {
        return KeyTexts.ofInnoDb(column);
    }

    @Override
    default @Nullable String unorderedHere(DSLContext dsl, Column column) {
        if (!column.type().equals("TIMESTAMP")) {
            return null;
        }
        String zone = (String) dsl.fetchValue(ZONE);
        return zone != null && zone.matches("(?i)UTC|GMT|[+-]\\d\\d:\\d\\d")
                ? null
                : "is a TIMESTAMP, whose text is ambiguous in the hour when daylight saving time ends; walk another"
                        + " key, or connect with the session time zone '+00:00'";
    }

    /** Geometries come as bytes, since the server doesn't accept their text. */
    @Override
    default DataType<?> unknownType() {
        return SQLDataType.BLOB;
    }

    @Override
    default boolean refusesForeignText() {
        return false;
    }

    /** Without a bound, it reads only the rows that share the first column's value. */
    @Override
    default boolean boundsFirstColumn(boolean bothSides) {
        return false;
    }

    @Override
    default long write(ChangedRows rows) {
        boolean fits =
                JoinUpdate.fits(rows.columns()) && rows.columns().stream().allMatch(this::joins);
        Map<Boolean, List<ChangedRow>> joined = rows.rows().stream()
                .collect(Collectors.partitioningBy(row -> fits && JoinUpdate.fits(rows.columns(), row)));
        return rows.of(joined.get(true)).inChunks(ChangedRows.MOST, JoinUpdate::write)
                + rows.of(joined.get(false)).inChunks(ChangedRows.MOST, SingleUpdates::write);
    }

    /**
     * Whether a column's values can be written by a join.
     *
     * @param column the column
     * @return false for types that the driver may send as another type
     */
    default boolean joins(Field<?> column) {
        return true;
    }

    /** The driver may be set to count only rows whose values change (useAffectedRows). */
    @Override
    default boolean countsMatchedRows() {
        return false;
    }

    /** Its tables of transactions aren't refreshed while they are read more often than ten times a second. */
    @Override
    default Duration showsLocksEach() {
        return Duration.ofMillis(130);
    }

    @Override
    default String rightToSeeWaiters() {
        return "PROCESS";
    }
}
