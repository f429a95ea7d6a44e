package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turns of one registry in a pool of threads. A turn is one step; then it's the next registry's turn. Thread-safe. */
final class PoolWorker implements Worker {
    static final Logger LOG = LoggerFactory.getLogger(PoolWorker.class);

    /** After this time, a step ends at the end of its batch if another turn waits for a thread. So does a wait for a throttle. */
    private static final Duration SLICE = Duration.ofSeconds(1);

    /** If there are many registries, one that has had nothing to do for this long asks less often. */
    private static final Duration LONG_IDLE = Duration.ofMinutes(1);

    private static final Duration SLOW_POLL = Duration.ofSeconds(15);

    private final Workers pool;
    private final LongSupplier nanoTime;
    private @Nullable Work work;
    private @Nullable Future<?> sleep;
    private int asked;
    private int running;
    private long starts;
    private long changes;
    private long idleSince;
    private boolean idle;
    private boolean wanted;
    private volatile boolean closed;

    PoolWorker(Workers pool) {
        this(pool, System::nanoTime);
    }

    /** With another stopwatch, for tests. */
    PoolWorker(Workers pool, LongSupplier nanoTime) {
        this.pool = pool;
        this.nanoTime = nanoTime;
    }

    Workers pool() {
        return pool;
    }

    @Override
    public void attach(Work given) {
        synchronized (this) {
            work = given;
        }
        pool.enter(this);
        given.onChange(this::changed);
    }

    @Override
    public synchronized void start(Work given) {
        work = given;
        starts++;
        wanted = true;
        ask(1);
    }

    /** There may be something to do. Requests as many turns as the registry may have. */
    synchronized void changed() {
        changes++;
        idle = false;
        ask(Integer.MAX_VALUE);
    }

    private void ask(int turns) {
        if (work == null || !wanted || closed) {
            return;
        }
        if (sleep != null) {
            sleep.cancel(false);
            sleep = null;
        }
        for (int more = turns; more > 0 && mayHaveMore(work); more--) {
            asked++;
            pool.threads().execute(() -> turn(false));
        }
    }

    private boolean mayHaveMore(Work of) {
        return running + asked < Math.min(of.threads(), pool.share());
    }

    /** Schedules one poll for the whole registry. However many threads it has, one is enough to find work. */
    private void sleep(Duration time) {
        if (sleep == null && asked == 0) {
            sleep = pool.threads().schedule(() -> turn(true), time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void turn(boolean isPoll) {
        Work mine;
        long seen;
        long before;
        synchronized (this) {
            sleep = isPoll ? null : sleep;
            asked -= isPoll ? 0 : 1;
            mine = work;
            if (mine == null || !wanted || closed || isPoll && !mayHaveMore(mine)) {
                return;
            }
            running++;
            seen = starts;
            before = changes;
        }
        Step step = null;
        try {
            step = step(mine);
        } catch (Throwable failure) {
            // Steps don't throw unless the JVM itself fails. Other registries need the thread too.
            LOG.error("a step of {} failed, and is tried again", mine.name(), failure);
        } finally {
            ended(mine, step, seen, before);
        }
    }

    private Step step(Work mine) {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        if (pool.isShared()) {
            // For thread dumps and log lines.
            thread.setName(name + " " + mine.name());
        }
        long begun = System.nanoTime();
        try {
            return mine.step(() -> isToEnd(begun));
        } finally {
            thread.setName(name);
            if (Thread.interrupted()) {
                LOG.debug("a migration has left its thread interrupted");
            }
        }
    }

    private boolean isToEnd(long begun) {
        return closed
                || pool.isClosed()
                || pool.isShared() && System.nanoTime() - begun > SLICE.toNanos() && pool.isAwaited();
    }

    /** @param step null if it failed, which it never should */
    private synchronized void ended(Work mine, @Nullable Step step, long seen, long before) {
        running--;
        notifyAll();
        if (step != null && step.kind() == Step.Kind.FINISHED && seen == starts) {
            wanted = false;
        } else if (step != null && step.kind() != Step.Kind.IDLE || before != changes) {
            ask(1);
        } else if (wanted && !closed) {
            sleep(rest(step == null ? mine.pollEvery() : step.again()));
        }
    }

    /**
     * {@return the time until the next poll: as given, or longer if there are many registries and this one has been idle for a
     * while}
     */
    synchronized Duration rest(Duration again) {
        long now = nanoTime.getAsLong();
        idleSince = idle ? idleSince : now;
        idle = true;
        boolean isSlow = pool.isCrowded() && now - idleSince >= LONG_IDLE.toNanos() && again.compareTo(SLOW_POLL) < 0;
        return isSlow ? SLOW_POLL : again;
    }

    /** Stops the registry's work, when the pool closes before the registry. */
    void stopWork() {
        Work mine;
        synchronized (this) {
            mine = work;
        }
        if (mine instanceof Steps steps) {
            steps.stop();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (sleep != null) {
                sleep.cancel(false);
            }
            awaitSteps();
        }
        pool.leave(this);
    }

    /** Waits for the steps. The caller has already told them to stop. */
    private void awaitSteps() {
        long deadline = System.nanoTime() + Workers.PATIENCE.toNanos();
        try {
            for (long left = 1; running > 0 && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
