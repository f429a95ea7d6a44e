package org.asyncmigrations.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.asyncmigrations.TestSource;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;

/** One connection, that waits for a turn before each statement that another worker can see or be seen by. */
final class GatedSource implements TestSource {
    private final Connection kept;
    private final Runnable turn;
    private boolean changed;

    GatedSource(Connection kept, Runnable turn) {
        this.kept = kept;
        this.turn = turn;
    }

    @Override
    public Connection getConnection() {
        return new DefaultConnection(kept) {
            @Override
            public PreparedStatement prepareStatement(String sql) throws SQLException {
                return gated(super.prepareStatement(sql), sql.toLowerCase(Locale.ROOT));
            }

            @Override
            public void commit() throws SQLException {
                if (changed) {
                    turn.run();
                }
                changed = false;
                super.commit();
            }

            @Override
            public void rollback() throws SQLException {
                changed = false;
                super.rollback();
            }

            @Override
            public void close() {
                // It is kept.
            }
        };
    }

    /** Nobody waits for a row of the events, and nobody reads them. */
    private PreparedStatement gated(PreparedStatement statement, String sql) {
        if (sql.contains("migration_events")) {
            return statement;
        }
        boolean changes = !sql.startsWith("select");
        return new DefaultPreparedStatement(statement) {
            @Override
            public boolean execute() throws SQLException {
                before();
                return super.execute();
            }

            @Override
            public ResultSet executeQuery() throws SQLException {
                before();
                return super.executeQuery();
            }

            @Override
            public int executeUpdate() throws SQLException {
                before();
                return super.executeUpdate();
            }

            private void before() {
                turn.run();
                changed |= changes;
            }
        };
    }
}
