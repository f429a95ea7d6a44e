package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.release.Heartbeats;
import org.asyncmigrations.state.Rounds;

/**
 * A pool of daemon threads for the work of any number of registries in this process:
 *
 * <pre>{@code
 * Workers pool = Workers.shared(16);
 * AsyncMigrationRegistry.builder(dataSource).stateSchema("tenant_7").worker(pool.worker())…
 * }</pre>
 *
 * <p>Registries take turns. Each uses at most its {@link RegistryBuilder#threads(int) threads} at once, and never the whole pool. A
 * registry with nothing to do holds no thread. It queries the database every {@code pollEvery}. In a pool of 20 or more registries, it
 * does so only every 15 seconds once it has had nothing to do for a minute. Its own orders and changes wake it at once. Thread-safe.
 */
public final class Workers implements AutoCloseable {
    /** Longer than a batch, and than the time until a migration in one piece is canceled. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How long an idle thread stays. It's longer than the usual poll, which would otherwise need a new thread. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** From this number of registries on, polls every two seconds are a load that a database's owner would ask about. */
    private static final int MANY = 20;

    private final ScheduledThreadPoolExecutor threads;
    private final int share;
    private final boolean isShared;
    private final Set<PoolWorker> workers = ConcurrentHashMap.newKeySet();
    private final Rounds rounds = new Rounds();
    private final Heartbeats heartbeats = new Heartbeats(rounds);
    private volatile boolean closed;

    private Workers(int size, boolean isShared) {
        this.isShared = isShared;
        this.share = isShared ? Math.max(1, size - 1) : size;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ScheduledThreadPoolExecutor(
                size,
                work -> {
                    Thread thread = new Thread(work, "async-migrations-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                // A turn may be requested while the pool closes.
                new ThreadPoolExecutor.DiscardPolicy());
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * A pool for many registries. It starts its threads when there is work.
     *
     * @param threads the most threads, 1 or more; a migration in one piece holds one from start to end
     * @return the pool, to be closed after its registries
     */
    public static Workers shared(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a pool must have 1 thread or more, but has " + threads);
        }
        return new Workers(threads, true);
    }

    /** {@return the threads of one registry, closed with it} */
    static Workers own(int threads) {
        return new Workers(Math.max(1, threads), false);
    }

    /**
     * A worker for one more registry: {@code builder.worker(pool.worker())}. It is closed with its registry, which waits only for
     * its own steps.
     *
     * @return a new worker each time
     */
    public Worker worker() {
        return new PoolWorker(this);
    }

    void enter(PoolWorker worker) {
        workers.add(worker);
    }

    void leave(PoolWorker worker) {
        workers.remove(worker);
        if (!isShared) {
            close();
        }
    }

    /** {@return how many threads one registry may have at most} */
    int share() {
        return share;
    }

    boolean isShared() {
        return isShared;
    }

    boolean isClosed() {
        return closed;
    }

    /** {@return whether there are so many registries that idle ones should poll less often} */
    boolean isCrowded() {
        return workers.size() >= MANY;
    }

    /** {@return whether a turn waits for a thread} */
    boolean isAwaited() {
        return threads.getQueue().peek() instanceof Delayed next && next.getDelay(TimeUnit.NANOSECONDS) <= 0;
    }

    /** {@return the threads for periodic tasks, which run until the last registry is closed} */
    Rounds rounds() {
        return rounds;
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    ScheduledThreadPoolExecutor threads() {
        return threads;
    }

    /**
     * Closes the pool. No step begins any more, and running steps end after their batch; this waits up to a minute for them.
     * Registries that are still open do no more work, as after {@code stopWork()}. They send heartbeats until they are closed
     * themselves.
     */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        List.copyOf(workers).forEach(PoolWorker::stopWork);
        try {
            if (isShared && !threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                PoolWorker.LOG.warn("a pool of workers was closed while one of its steps is still running");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
