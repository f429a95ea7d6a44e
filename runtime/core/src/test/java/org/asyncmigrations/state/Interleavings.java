package org.asyncmigrations.state;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.session.Connections;
import org.jspecify.annotations.Nullable;

/**
 * Runs two workers' statements in all orders in which they can reach a server, each from the same initial state. A worker that
 * waits for a lock isn't chosen until it has it. Orders that differ only in which of two adjacent reads came first are run once,
 * because both reads see the same in either order (sleep sets, as in partial-order reduction).
 */
final class Interleavings implements AutoCloseable {
    /** If a statement takes longer, it waits for a lock or the machine is busy: the server is asked which. */
    private static final long SOON_MILLIS = 5;

    private static final StateTables TABLES = TestTables.all();
    private static final Executor THREADS = new OwnThreads();

    private final TestDatabase database;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Long> sessions = new ArrayList<>();
    private final Statement observer;
    private final List<StateStore> stores = new ArrayList<>();
    private volatile @Nullable Turns now;

    /** A worker's statements, through its own store. */
    @FunctionalInterface
    interface Script {
        void run(StateStore store) throws Exception;
    }

    /** Runs before and after each order. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    Interleavings(TestDatabase database, Fresh fresh) throws SQLException {
        this.database = database;
        for (int i = 0; i < 3; i++) {
            connections.add(DriverManager.getConnection(fresh.url(), fresh.user(), fresh.password()));
        }
        observer = connections.get(2).createStatement();
        for (Connection connection : connections) {
            String query = database == TestDatabase.POSTGRES ? "select pg_backend_pid()" : "select connection_id()";
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                sessions.add(row.getLong(1));
            }
        }
    }

    /**
     * Runs all orders.
     *
     * @param one a worker by the database's clock
     * @param other a worker whose clock is two hours ahead, so that each of the other's claims has expired for it
     * @return the number of orders
     */
    int all(Step begin, Script one, Script other, Step check) throws Exception {
        List<Boolean> order = List.of();
        int orders = 0;
        while (order != null) {
            begin.run();
            List<Boolean> taken = run(order, one, other);
            orders++;
            try {
                check.run();
            } catch (Throwable wrong) {
                throw new AssertionError("after the order " + written(taken), wrong);
            }
            order = next(taken);
        }
        return orders;
    }

    /**
     * The next order: at the last point where both workers could go on and the first was chosen, chooses the second. Null after the
     * last order.
     */
    private static List<Boolean> next(List<Boolean> taken) {
        int last = taken.lastIndexOf(false);
        if (last < 0) {
            return null;
        }
        List<Boolean> next = new ArrayList<>(taken.subList(0, last));
        next.add(true);
        return next;
    }

    private static String written(List<Boolean> taken) {
        StringBuilder text = new StringBuilder();
        taken.forEach(other -> text.append(other ? 'b' : 'a'));
        return text.toString();
    }

    /** {@return which of the two was chosen, at each point where both could go on} */
    private List<Boolean> run(List<Boolean> order, Script one, Script other) throws Exception {
        if (stores.isEmpty()) {
            stores.add(store(0, Duration.ZERO));
            stores.add(store(1, Duration.ofHours(2)));
        }
        Turns turns = new Turns();
        now = turns;
        List<CompletableFuture<Void>> workers = List.of(start(turns, 0, one), start(turns, 1, other));
        List<Boolean> taken = new ArrayList<>();
        boolean isSleeping = false;
        while (!turns.hasEnded(0) || !turns.hasEnded(1)) {
            settle(turns);
            boolean first = turns.waits(0);
            boolean second = turns.waits(1);
            boolean isOther = second;
            if (first && second && !isSleeping) {
                isOther = taken.size() < order.size() && order.get(taken.size());
                taken.add(isOther);
            }
            if (first || second) {
                // The order in which the first worker reads now has already been run, unless the other one has
                // changed something since.
                isSleeping = first && isOther && turns.reads(0) && turns.reads(1);
                turns.let(isOther ? 1 : 0);
            }
        }
        for (CompletableFuture<Void> worker : workers) {
            try {
                worker.get();
            } catch (ExecutionException problem) {
                throw new AssertionError("in the order " + written(taken), problem);
            }
        }
        return taken;
    }

    /** A store that already knows which columns the tables have: they are read once, which isn't part of the protocol. */
    private StateStore store(int worker, Duration shift) throws SQLException {
        now = null;
        StateStore store = new StateStore(
                Connections.of(new GatedSource(connections.get(worker), isRead -> {
                    Turns turns = now;
                    if (turns != null) {
                        turns.pass(worker, isRead);
                    }
                })),
                () -> TABLES,
                "worker " + worker,
                event -> {},
                () -> shift);
        store.transaction(tx -> tx.has(tx.tables().migrations().TUNING));
        return store;
    }

    private CompletableFuture<Void> start(Turns turns, int worker, Script script) {
        StateStore store = stores.get(worker);
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        script.run(store);
                    } catch (Exception problem) {
                        throw new IllegalStateException(problem);
                    } finally {
                        turns.end(worker);
                    }
                },
                THREADS);
    }

    /** Waits until each worker is before its next statement, has ended, or waits for a lock. */
    private void settle(Turns turns) throws Exception {
        for (int worker = 0; worker < 2; worker++) {
            long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!turns.hasCome(worker, SOON_MILLIS) && !waitsForLock(worker)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("worker " + worker + " neither goes on nor waits for a lock");
                }
            }
        }
    }

    private boolean waitsForLock(int worker) throws SQLException {
        long session = sessions.get(worker);
        if (database == TestDatabase.POSTGRES) {
            try (ResultSet row = observer.executeQuery("select cardinality(pg_blocking_pids(" + session + "))")) {
                row.next();
                return row.getInt(1) > 0;
            }
        }
        // Its tables have the same information, but up to a tenth of a second old.
        try (ResultSet row = observer.executeQuery("show engine innodb status")) {
            row.next();
            return waits(row.getString("Status"), session);
        }
    }

    /** Whether InnoDB's report lists that session's transaction as waiting. */
    private static boolean waits(String report, long session) {
        String transactions = report.substring(report.indexOf("\nTRANSACTIONS\n"));
        return Arrays.stream(transactions.split("---TRANSACTION"))
                .anyMatch(one -> one.contains("\nLOCK WAIT ") && one.contains("thread id " + session + ","));
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
