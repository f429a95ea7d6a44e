package org.asyncmigrations.benchmarks.backfill.client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Updates random rows of the table at a fixed rate, another column than the one that is filled. A wait counts from when the write was
 * due, so that one long stall counts for each write that it holds up. Used by one thread, beside its own.
 */
public final class ForegroundClient implements AutoCloseable {
    /** How many writes it makes in a second. */
    public static final int WRITES_A_SECOND = 200;

    private static final long NANOS_A_WRITE = 1_000_000_000L / WRITES_A_SECOND;

    /** A second, in which the server and the JVM come into their stride. */
    private static final int WRITES_TO_WARM_UP = WRITES_A_SECOND;

    private final String url;
    private final int rows;
    private final List<Waits.Wait> waits = new ArrayList<>();
    private final CountDownLatch strideReached = new CountDownLatch(WRITES_TO_WARM_UP);
    private final Thread thread = new Thread(this::run, "foreground client");
    private volatile long begin = Long.MAX_VALUE;
    private volatile long end = Long.MAX_VALUE;
    private volatile @Nullable SQLException failure;
    private volatile long written;

    /**
     * A client that does nothing yet.
     *
     * @param url where the table is
     * @param rows how many rows it has; their keys are 1 to this
     */
    public ForegroundClient(String url, int rows) {
        this.url = url;
        this.rows = rows;
    }

    /** Begins to write; nothing of it is measured yet. */
    public void start() {
        thread.start();
    }

    /**
     * Begins to measure, once the client has come into its stride.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void measure() throws InterruptedException {
        strideReached.await();
        begin = System.nanoTime();
    }

    /**
     * Ends the measuring, and the client with it, once the writes that are due by now are made.
     *
     * @return how long each write took since {@link #measure()}
     * @throws SQLException when one was refused
     */
    public Waits end() throws SQLException {
        close();
        if (failure != null) {
            throw new SQLException("the foreground client was refused a write", failure);
        }
        return new Waits(waits);
    }

    /** {@return how many writes it has made, those not measured included} */
    public long written() {
        return written;
    }

    @Override
    public void close() {
        end = Math.min(end, System.nanoTime());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement update =
                        connection.prepareStatement("update customers set visits = visits + 1 where id = ?")) {
            write(update);
        } catch (SQLException e) {
            failure = e;
            while (strideReached.getCount() > 0) {
                strideReached.countDown();
            }
        }
    }

    private void write(PreparedStatement update) throws SQLException {
        SplittableRandom random = new SplittableRandom(rows);
        for (long due = System.nanoTime(); due < end; due += NANOS_A_WRITE) {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            update.setLong(1, 1 + random.nextInt(rows));
            if (update.executeUpdate() != 1) {
                throw new SQLException("a write found no row");
            }
            written = written + 1;
            if (due >= begin) {
                waits.add(new Waits.Wait((due - begin) / 1e9, (System.nanoTime() - due) / 1e6));
            }
            strideReached.countDown();
        }
    }
}
