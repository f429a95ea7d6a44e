package org.asyncmigrations.session;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultPreparedStatement;

/**
 * A prepared statement of user code that uses JDBC directly; its changed rows are counted. jOOQ gets the driver's own statement.
 * Used by one thread, except for {@link #cancel()}.
 */
final class WorkPreparedStatement extends DefaultPreparedStatement {
    /** A driver's answer for an unknown count, and for a statement that returns rows. */
    private static final int UNKNOWN = -1;

    private final WorkConnection connection;
    private final String sql;

    WorkPreparedStatement(WorkConnection connection, PreparedStatement delegate, String sql) {
        super(delegate, connection);
        this.connection = connection;
        this.sql = sql;
    }

    @Override
    public boolean execute() throws SQLException {
        return connection.counted(sql, this, super.execute());
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        ResultSet rows = super.executeQuery();
        connection.count(sql, UNKNOWN);
        return rows;
    }

    @Override
    public int executeUpdate() throws SQLException {
        int rows = super.executeUpdate();
        connection.count(sql, rows);
        return rows;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        long rows = super.executeLargeUpdate();
        connection.count(sql, rows);
        return rows;
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return connection.counted(super::executeBatch, place -> sql);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        // Rarely used, and no driver returns more with it.
        connection.count(sql, UNKNOWN);
        return super.executeLargeBatch();
    }
}
