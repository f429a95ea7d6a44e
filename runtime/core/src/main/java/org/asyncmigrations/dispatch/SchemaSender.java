package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.schema.SchemaDialect;
import org.asyncmigrations.schema.SchemaRefusedException;
import org.asyncmigrations.schema.SchemaStatement;
import org.asyncmigrations.schema.SchemaStatement.Way;
import org.asyncmigrations.schema.SessionSettings;
import org.asyncmigrations.session.UserWork;
import org.jspecify.annotations.Nullable;

/** Sends the statements of one attempt at a schema change, and remembers which algorithms the server has refused. Used by one thread. */
final class SchemaSender {
    /**
     * MariaDB's and MySQL's codes for an algorithm that a change does not allow, without and with a reason; and MySQL's for a table that
     * has been changed at once too often.
     */
    private static final Set<Integer> UNSUPPORTED = Set.of(1845, 1846, 4092);

    /** Why, by the statement. */
    private final Map<String, String> refused = new HashMap<>();

    /** The queries that have found nothing: the triggers and constraints keep it so. */
    private final Set<SchemaStatement> passed = new HashSet<>();

    /** Sends one statement, with what the session is to be set to meanwhile. */
    void send(UserWork work, SchemaStatement statement) throws SQLException {
        Connection connection = UserWork.connection(work.own());
        try (SessionSettings set = SessionSettings.of(work, statement)) {
            assert set != null;
            if (statement.way().isQuery()) {
                requireNone(connection, statement);
            } else {
                execute(connection, statement);
            }
        }
    }

    private void requireNone(Connection connection, SchemaStatement query) throws SQLException {
        if (finds(connection, query.sql())) {
            String what = query.way() == Way.MUST_FIND_NONE
                    ? "some existing rows violate the constraint, which is already enforced for new rows"
                    : "in some rows the old and the new columns differ, so nothing was dropped";
            throw new SchemaRefusedException(
                    what + "; correct the rows that this query finds, then call retry(): " + query.sql());
        }
        passed.add(query);
    }

    private static boolean finds(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(query)) {
                return rows.next();
            }
        }
    }

    /** {@return what is left, without the queries that have found nothing in this attempt} */
    List<SchemaStatement> unsent(List<SchemaStatement> left) {
        return left.stream().dropWhile(passed::contains).toList();
    }

    /** Sends all that is left of a change, without claim and record: for a test kit. */
    static void sendAll(UserWork work, SchemaChange change) throws SQLException {
        SchemaSender sender = new SchemaSender();
        List<SchemaStatement> left = SchemaDialect.of(work).left(change);
        SchemaStatement last = null;
        while (!left.isEmpty()) {
            SchemaStatement next = left.get(0);
            requireEffect(next, last);
            sender.send(work, next);
            last = next;
            left = sender.unsent(SchemaDialect.of(work).left(change));
        }
    }

    /** What was just sent may not be left: it would be sent forever. */
    static void requireEffect(SchemaStatement next, @Nullable SchemaStatement last) {
        if (next.equals(last)) {
            throw new SchemaRefusedException(
                    "this statement succeeded, but the catalog does not show its effect, so it is not repeated: "
                            + next);
        }
    }

    private void execute(Connection connection, SchemaStatement statement) throws SQLException {
        for (String ending : statement.endings()) {
            String sql = statement.sql() + ending;
            if (!refused.containsKey(sql)) {
                try {
                    execute(connection, sql);
                    return;
                } catch (SQLException failure) {
                    refuse(connection, sql, failure);
                }
            }
        }
        String reason = refused.get(
                statement.sql() + statement.endings().get(statement.endings().size() - 1));
        throw new SchemaRefusedException("this statement would block other sessions, so it was not executed: "
                + statement.sql() + " (" + reason + ")");
    }

    /** Classes 22 and 23: values that can't be converted, and constraints that rows break. */
    private static boolean isAboutRows(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("22") || state.startsWith("23");
    }

    /** Another attempt would read the whole table again, to fail at the same row. */
    private static SchemaRefusedException broken(String sql, SQLException failure) {
        SchemaRefusedException refused =
                new SchemaRefusedException("some rows do not allow this statement; correct them, then call retry(): "
                        + sql + " (" + failure.getMessage() + ")");
        refused.addSuppressed(failure);
        return refused;
    }

    private void refuse(Connection connection, String sql, SQLException failure) throws SQLException {
        if (!UNSUPPORTED.contains(failure.getErrorCode())) {
            if (isAboutRows(failure)) {
                throw broken(sql, failure);
            }
            throw failure;
        }
        refused.put(sql, String.valueOf(failure.getMessage()));
        if (connection.isClosed()) {
            // A pool takes the code for a connection that cannot be used any more. The next ending needs another one.
            throw new SQLNonTransientConnectionException("the pool has closed the connection", "08003", failure);
        }
    }

    /** Not by jOOQ, which takes question marks and braces for its own. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
