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
 * What is done again and again beside the work, such as heartbeats and renewals: each at its time, on a few daemon threads. One
 * that waits for a connection or a lock delays no other. There is no thread while there is no round. Thread-safe.
 */
public final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    /** So many run at once, of those that are quick: they are short, and many may be due together. */
    private static final int AT_ONCE = 4;

    /** A round takes some milliseconds. One that takes longer waits, and is not counted any more. */
    private static final Duration QUICK = Duration.ofSeconds(1);

    /** A thread without a round stays for so long if there are others: the next one is due soon. */
    private static final Duration SPARE = Duration.ofSeconds(5);

    /** Until what has failed is tried again: as often as an instance says that it is alive. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final PriorityQueue<Round> due = new PriorityQueue<>((one, other) -> Long.signum(one.at - other.at));
    private final Set<Round> running = new HashSet<>();
    private int idle;

    /** No rounds. */
    public Rounds() {
        // Threads are started when there is a round.
    }

    /** One thing that is done again and again, by one thread at a time. */
    public final class Round {
        private final Supplier<@Nullable Duration> work;
        private long at;
        private long begun;
        private @Nullable Long next;

        private Round(Supplier<@Nullable Duration> work) {
            this.work = work;
        }

        /**
         * Is due after a time at the latest. One that runs meanwhile runs once more.
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

        /** Is not due any more. */
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
                LOG.error("what is done beside the async migrations' work failed, and is tried again", failure);
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
     * Something that is done when it is due.
     *
     * @param work does it, and says after which time it is due again; null for not until {@link Round#within} says so
     * @return the round, which is not due yet
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

    /** Counted before it is there: else the next round would start another. */
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

    /** Waits for the next round, and sees to it that another thread waits for the one after. {@return null to end the thread} */
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
                    "{} was interrupted, and another takes its place",
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

    /** {@return how long nothing is to be done} */
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
