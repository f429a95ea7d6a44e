package org.asyncmigrations.state;

import java.time.Duration;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs repeated background tasks (rounds), such as heartbeats and renewals, each at its time, on a few daemon threads. A round that
 * waits for a connection or a lock doesn't delay the others. Without rounds there are no threads. Thread-safe.
 */
public final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    /** How many quick rounds may run at once. They are short, and many may be due together. */
    private static final int AT_ONCE = 4;

    /** A round takes some milliseconds. One that takes longer is waiting, and no longer counts as quick. */
    private static final Duration QUICK = Duration.ofSeconds(1);

    /** How long a thread without a round stays while there are other rounds, since the next one is due soon. */
    private static final Duration SPARE = Duration.ofSeconds(5);

    /** The time until a failed round runs again: the heartbeat's interval. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final PriorityQueue<Round> due = new PriorityQueue<>((one, other) -> Long.signum(one.at - other.at));
    private final Set<Round> running = new HashSet<>();
    private int idle;

    /** No rounds yet. */
    public Rounds() {
        // Threads start when there is a round.
    }

    /** A task that is repeated, by one thread at a time. */
    public final class Round {
        private final Supplier<@Nullable Duration> work;
        private long at;
        private long begun;
        private @Nullable Long next;

        private Round(Supplier<@Nullable Duration> work) {
            this.work = work;
        }

        /**
         * Makes the round due within a time. If it is running, it runs once more.
         *
         * @param time the time
         */
        public void within(Duration time) {
            synchronized (Rounds.this) {
                long then = System.nanoTime() + time.toNanos();
                if (running.contains(this)) {
                    next = next == null ? then : Math.min(next, then);
                } else {
                    enqueue(this, due.remove(this) && at - then < 0 ? at : then);
                }
            }
        }

        /** The round is no longer due. */
        public void cancel() {
            synchronized (Rounds.this) {
                due.remove(this);
                Rounds.this.notifyAll();
            }
        }

        private void run() {
            Duration again = AFTER_FAILURE;
            try {
                again = work.get();
            } catch (Throwable failure) {
                LOG.error("a background task of the async migrations failed; trying again", failure);
            }
            synchronized (Rounds.this) {
                idle++;
                running.remove(this);
                Long asked = next;
                next = null;
                if (asked != null) {
                    within(Duration.ofNanos(Math.max(0, asked - System.nanoTime())));
                }
                if (again != null) {
                    within(again);
                }
                Rounds.this.notifyAll();
            }
        }
    }

    /**
     * Creates a round.
     *
     * @param work does the work, and returns the time until it is due again; null for not before {@link Round#within} is called
     * @return the round, which isn't due yet
     */
    public Round round(Supplier<@Nullable Duration> work) {
        return new Round(work);
    }

    private void enqueue(Round round, long at) {
        round.at = at;
        due.add(round);
        if (idle == 0) {
            start();
        } else {
            notifyAll();
        }
    }

    /** Counts the thread before it runs. Otherwise the next round would start another one. */
    private void start() {
        idle++;
        Thread thread = new Thread(this::run, "async-migrations-rounds");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        for (Round round = next(); round != null; round = next()) {
            round.run();
        }
    }

    /** Waits for the next round, and makes sure that another thread waits for the one after it. {@return null to end the thread} */
    private synchronized @Nullable Round next() {
        long spareUntil = System.nanoTime() + SPARE.toNanos();
        try {
            while (true) {
                long now = System.nanoTime();
                long left = left(now);
                boolean isNeeded = idle == 1 && !due.isEmpty();
                if (left <= 0) {
                    return begun(due.remove(), now);
                } else if (due.isEmpty() && running.isEmpty() || !isNeeded && now - spareUntil >= 0) {
                    return null;
                }
                wait(Duration.ofNanos(isNeeded ? left : Math.min(left, spareUntil - now))
                                .toMillis()
                        + 1);
            }
        } catch (InterruptedException interrupted) {
            LOG.debug(
                    "{} was interrupted; another thread takes its place",
                    Thread.currentThread().getName());
            return null;
        } finally {
            idle--;
            if (idle == 0 && !due.isEmpty()) {
                start();
            }
        }
    }

    private Round begun(Round round, long now) {
        round.begun = now;
        running.add(round);
        return round;
    }

    /** {@return the time until the next round may start} */
    private long left(long now) {
        Round first = due.peek();
        if (first == null) {
            return SPARE.toNanos();
        }
        long[] quick = running.stream()
                .mapToLong(round -> round.begun + QUICK.toNanos() - now)
                .filter(until -> until > 0)
                .sorted()
                .toArray();
        long place = quick.length < AT_ONCE ? 0 : quick[0];
        return Math.max(place, first.at - now);
    }
}
