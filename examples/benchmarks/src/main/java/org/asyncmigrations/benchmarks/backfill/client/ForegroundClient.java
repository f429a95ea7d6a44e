package org.asyncmigrations.benchmarks.backfill.client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.asyncmigrations.benchmarks.measure.Threads;
import org.jspecify.annotations.Nullable;

/**
 * Updates random rows of the table at a fixed rate, in a column that isn't being filled, over several connections in turn, as
 * applications do. A wait is measured from the time when the write was due, so that a stall counts for each write that it delays.
 * Used by one thread, besides its own ones.
 */
public final class ForegroundClient implements AutoCloseable {
    /** How many writes it makes in a second. */
    public static final int WRITES_A_SECOND = 200;

    /** A pool of the usual size: a write that waits doesn't delay the next one, until all connections wait. */
    private static final int CONNECTIONS = 10;

    private static final long NANOS_A_WRITE = 1_000_000_000L / WRITES_A_SECOND;

    /** One second, in which the server and the JVM warm up. */
    private static final int WRITES_TO_WARM_UP = WRITES_A_SECOND;

    private final String url;
    private final int rows;
    private final List<Waits.Wait> waits = new ArrayList<>();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch strideReached = new CountDownLatch(WRITES_TO_WARM_UP);
    private final List<Thread> threads = IntStream.range(0, CONNECTIONS)
            .mapToObj(number -> new Thread(() -> run(number), "foreground client " + number))
            .toList();
    private volatile long start;
    private volatile long begin = Long.MAX_VALUE;
    private volatile long end = Long.MAX_VALUE;
    private volatile @Nullable SQLException failure;

    /**
     * A client that hasn't started yet.
     *
     * @param url where the table is
     * @param rows how many rows it has; their keys are 1 to this number
     */
    public ForegroundClient(String url, int rows) {
        this.url = url;
        this.rows = rows;
    }

    /** Begins to write. Nothing is measured yet. */
    public void start() {
        start = System.nanoTime();
        threads.forEach(Thread::start);
    }

    /**
     * Begins to measure, once the client has warmed up.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void measure() throws InterruptedException {
        strideReached.await();
        begin = System.nanoTime();
    }

    /**
     * Ends the measurement and the client, once all writes that are due have been made.
     *
     * @return how long each write took since {@link #measure()}
     * @throws SQLException if a write failed
     */
    public Waits end() throws SQLException {
        close();
        if (failure != null) {
            throw new SQLException("the foreground client was refused a write", failure);
        }
        synchronized (waits) {
            waits.sort(Comparator.comparingDouble(Waits.Wait::dueSeconds));
            return new Waits(waits);
        }
    }

    /** {@return how many writes it has made, including those that weren't measured} */
    public long written() {
        return written.get();
    }

    @Override
    public void close() {
        end = Math.min(end, System.nanoTime());
        Threads.join(threads);
    }

    private void run(int number) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement update =
                        connection.prepareStatement("update customers set visits = visits + 1 where id = ?")) {
            write(update, new SplittableRandom(number));
        } catch (SQLException e) {
            failure = e;
            while (strideReached.getCount() > 0) {
                strideReached.countDown();
            }
        }
    }

    private void write(PreparedStatement update, SplittableRandom random) throws SQLException {
        while (true) {
            long due = start + next.getAndIncrement() * NANOS_A_WRITE;
            for (long early = due - System.nanoTime(); early > 0 && due < end; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            if (due >= end) {
                return;
            }
            update.setLong(1, 1 + random.nextInt(rows));
            if (update.executeUpdate() != 1) {
                throw new SQLException("a write found no row");
            }
            written.incrementAndGet();
            if (due >= begin) {
                synchronized (waits) {
                    waits.add(new Waits.Wait((due - begin) / 1e9, (System.nanoTime() - due) / 1e6));
                }
            }
            strideReached.countDown();
        }
    }
}
