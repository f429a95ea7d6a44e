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
 * All orders in which the statements of two workers can reach a server: each is run, from the same beginning. Whoever waits for a
 * lock is out of the draw until it has it. Orders that differ only in which of two adjacent reads came first are run once, because
 * both reads see the same in either order (sleep sets, as in partial-order reduction).
 */
final class Interleavings implements AutoCloseable {
    /** Beyond this a statement has not come to its end because of a lock, or because the machine is busy: the server is asked. */
    private static final long SOON_MILLIS = 5;

    private static final StateTables TABLES = TestTables.all();
    private static final Executor THREADS = new OwnThreads();

    private final TestDatabase database;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Long> sessions = new ArrayList<>();
    private final Statement observer;
    private final List<StateStore> stores = new ArrayList<>();
    private volatile @Nullable Turns now;

    /** What a worker does, through a store of its own. */
    @FunctionalInterface
    interface Script {
        void run(StateStore store) throws Exception;
    }

    /** What is done before and after each order. */
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
     * Runs them all.
     *
     * @param one a worker by the database's clock
     * @param other a worker whose clock is two hours ahead: each claim of the other's has expired for it
     * @return how many there are
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

    /** Where both could go on and the one went, the other goes next time; null when all have been. */
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

    /** {@return which of the two went on, each time that both could} */
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
                // The order in which the first worker reads now has been run, unless the other one has changed
                // something since.
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

    /** One that has looked already which columns the tables have: that is asked once, and is no part of the protocol. */
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

    /** Until each is before its next statement, at its end, or waits for a lock. */
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
        // Its tables say the same, but of a tenth of a second ago.
        try (ResultSet row = observer.executeQuery("show engine innodb status")) {
            row.next();
            return waits(row.getString("Status"), session);
        }
    }

    /** Whether InnoDB's report has that session's transaction among those that wait. */
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
