package org.asyncmigrations.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.asyncmigrations.TestSource;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;

/** One connection that waits for its turn before each statement that can affect another worker or be affected by one. */
final class GatedSource implements TestSource {
    /** The prefix of a statement with limits on MariaDB. */
    private static final Pattern SETTINGS = Pattern.compile("^set statement .*? for (?=[a-z]+ )");

    private final Connection kept;
    private final Turn turn;
    private boolean changed;

    /** Waits until the next statement may be sent. */
    @FunctionalInterface
    interface Turn {
        void await(boolean isRead);
    }

    GatedSource(Connection kept, Turn turn) {
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
                    turn.await(false);
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
                // The connection stays open.
            }
        };
    }

    /** Statements on the events don't wait, since nobody waits for or reads these rows; nor do statements that only read the clock. */
    private PreparedStatement gated(PreparedStatement statement, String sent) {
        String sql = SETTINGS.matcher(sent).replaceFirst("");
        boolean isRead = sql.startsWith("select");
        if (sql.contains("migration_events") || (isRead && !sql.contains(" from "))) {
            return statement;
        }
        boolean changes = !isRead || sql.contains(" for update");
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
                turn.await(!changes);
                changed |= changes;
            }
        };
    }
}
