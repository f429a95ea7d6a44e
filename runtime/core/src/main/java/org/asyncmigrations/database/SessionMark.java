package org.asyncmigrations.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What shows a successor which server session works under a claim, for longer than a transaction; taken away before the
 * connection goes back to its pool. It only tells whom to end: nothing is kept apart by it, and nothing waits for it but who
 * ends a session. What keeps two workers apart is the fence, on the rows themselves.
 *
 * <p>On MariaDB and MySQL it is a lock of GET_LOCK by the claim's name, which nobody else asks for. The server itself knows who
 * holds it, and frees it when that session has ended, after what it left open was rolled back: so no number is written down
 * that could be another session's by the time it is used, or another server's of the same cluster, and whoever gets the lock
 * knows that the session is gone. A session's number in the claim's row (CONNECTION_ID()) would be none of that, and cost a
 * write for each session.
 *
 * <p>A pooler that lends sessions for single transactions has to know such locks, as ProxySQL does, which then keeps the session
 * for its client. One that does not may have lent the session to somebody else when a successor ends it: that client's
 * transaction is rolled back and its connection lost, once a takeover, and the dead worker's locks stay until their own end.
 * Where the lock cannot be had or is refused, sessions are not ended, and are waited for.
 *
 * <p>On PostgreSQL, where a transaction names its session itself, it is for auto-commit alone: the
 * settings of a transaction, for the session. Behind such a pooler statements in auto-commit run on any session, and the settings
 * may stay on one of them until it is closed: {@code transactional = false} wants a direct connection. Used by one thread.
 */
final class SessionMark {
    /** The session's name, and what it was before: in this order. */
    private final List<String> settings;

    private final List<String> before;
    private final @Nullable String lock;

    private SessionMark(List<String> settings, List<String> before, @Nullable String lock) {
        this.settings = settings;
        this.before = before;
        this.lock = lock;
    }

    /** {@return the mark, null where another session has it, or the server knows no such locks} */
    static @Nullable SessionMark lock(Connection connection, String name) throws SQLException {
        String sql = "select get_lock(?, 0)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet got = statement.executeQuery()) {
                return got.next() && got.getInt(1) == 1 ? new SessionMark(List.of(), List.of(), name) : null;
            }
        } catch (SQLException failure) {
            // Percona's cluster refuses such locks; its sessions then end with their own time-outs.
            if (Trouble.of(failure) == Trouble.CONNECTION) {
                throw failure;
            }
            return null;
        }
    }

    /** Gives a session of PostgreSQL's in auto-commit what a transaction is given. {@return what takes it away again} */
    static SessionMark settings(Connection connection, TransactionSettings.Abilities abilities, Limits limits)
            throws SQLException {
        // No lock_timeout: CREATE INDEX CONCURRENTLY waits for others' transactions, and would leave an invalid index.
        List<String> settings = new ArrayList<>(List.of("application_name", "statement_timeout"));
        List<String> values = new ArrayList<>(List.of(
                TransactionSettings.ascii(limits.applicationName()),
                limits.statementTimeout().toMillis() + "ms"));
        if (abilities.looksAfterClients()) {
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
        return new SessionMark(settings, before, null);
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
    }

    boolean isNamed(String name) {
        return name.equals(lock);
    }

    /** Takes it away, with no transaction open; when this throws, the session must not be used again. */
    void remove(Connection connection) throws SQLException {
        if (lock == null) {
            set(connection, settings, before);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("do release_lock(?)")) {
            statement.setString(1, lock);
            statement.execute();
        }
    }
}
