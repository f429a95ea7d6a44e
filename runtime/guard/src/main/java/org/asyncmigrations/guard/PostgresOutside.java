package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Runs a statement that PostgreSQL allows in no transaction, such as {@code CREATE INDEX CONCURRENTLY}. Its locks come and go by the time
 * it is done, so other sessions hold it up: one after the other locks all tables as a writer does, and each time the statement waits,
 * its locks are read. Used once.
 */
final class PostgresOutside {
    /** A statement on tables of one row that takes longer waits for something that this class does not know. */
    private static final int SECONDS = 60;

    private static final int POLL_MILLIS = 5;

    private final Connection connection;
    private final DataSource others;
    /** The tables that writers write, as a list in SQL. */
    private final String tables;

    private final Map<Long, LockMode> locks = new HashMap<>();

    PostgresOutside(Connection connection, DataSource others, Catalog catalog) {
        this.connection = connection;
        this.others = others;
        this.tables = catalog.relations().values().stream()
                .filter(relation -> "rp".contains(relation.kind()))
                .map(Catalog.Relation::qualified)
                .collect(Collectors.joining(", "));
    }

    /** What it asked for, whether it got it at once or not. */
    Map<Long, LockMode> locks() {
        return locks;
    }

    /** {@return why it failed} */
    Optional<String> execute(ScriptStatement statement) throws SQLException {
        connection.setAutoCommit(true);
        int session = session();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection watcher = others.getConnection();
                Connection one = others.getConnection();
                Connection other = others.getConnection()) {
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            watcher.setAutoCommit(true);
            boolean holds = lock(one);
            Future<?> done = thread.submit(() -> send(statement));
            Connection holder = one;
            Connection next = other;
            while (!isDone(done)) {
                boolean waits = watch(watcher, session);
                if (waits || !holds) {
                    // The next holder first: there is no moment without a writer, unless the statement shuts all
                    // writers out.
                    boolean handedOver = lock(next);
                    holder.rollback();
                    holds = handedOver;
                    Connection last = holder;
                    holder = next;
                    next = last;
                }
            }
            holder.rollback();
            return result(done);
        } finally {
            thread.shutdownNow();
        }
    }

    private int session() throws SQLException {
        int[] session = new int[1];
        try (Statement statement = connection.createStatement()) {
            Catalog.each(statement, "select pg_backend_pid()", row -> session[0] = row.getInt(1));
        }
        return session[0];
    }

    private Void send(ScriptStatement statement) throws SQLException {
        try (Statement sent = connection.createStatement()) {
            sent.setEscapeProcessing(false);
            sent.setQueryTimeout(SECONDS);
            sent.execute(statement.text());
        }
        return null;
    }

    private static boolean isDone(Future<?> done) throws SQLException {
        try {
            done.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failed) {
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while it waited for a statement", stopped);
        }
    }

    private static Optional<String> result(Future<?> done) throws SQLException {
        try {
            done.get();
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException refused) {
                return Optional.of(Failure.sentence(refused));
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while it waited for a statement", stopped);
        }
    }

    /** Locks all tables as a writer does, if nobody is in the way. */
    private boolean lock(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            if (!tables.isEmpty()) {
                statement.execute("lock table %s in row exclusive mode nowait".formatted(tables));
            }
            return true;
        } catch (SQLException inTheWay) {
            writer.rollback();
            return false;
        }
    }

    private boolean watch(Connection watcher, int session) throws SQLException {
        boolean[] waits = new boolean[1];
        try (Statement statement = watcher.createStatement()) {
            Catalog.each(
                    statement,
                    "select relation, mode, granted, locktype from pg_locks where pid = %d and (not granted or locktype = 'relation') and mode <> 'SIReadLock'"
                            .formatted(session),
                    row -> {
                        waits[0] |= !row.getBoolean(3);
                        if (row.getString(4).equals("relation")) {
                            locks.merge(
                                    row.getLong(1),
                                    LockMode.of(row.getString(2)),
                                    (one, other) -> one.compareTo(other) > 0 ? one : other);
                        }
                    });
        }
        return waits[0];
    }
}
