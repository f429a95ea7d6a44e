package org.asyncmigrations.throttle;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.asyncmigrations.product.Trouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A throttle that reads a gauge, at most once a second for all workers. If the database never reports the value, the throttle is
 * off, which is logged once; any other failure means "not now". One worker reads; the others use the previous answer while it isn't
 * too old, so they don't wait with their connections. Only for the very first reading they wait a moment. Thread-safe.
 */
final class GaugeThrottle implements Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(GaugeThrottle.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** How long the previous answer holds during a reading. A reading that takes longer than any statement may take has failed. */
    private static final Duration STALE = Duration.ofSeconds(5);

    /** The usual time of a reading. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final String name;
    private final Gauge gauge;
    private final LongSupplier nanoTime;
    private final Duration moment;
    private final Lock lock = new ReentrantLock();
    private volatile @Nullable Reading last;
    private volatile boolean isOff;
    private boolean wasRead;

    private record Reading(Answer answer, long at) {}

    GaugeThrottle(String name, Gauge gauge) {
        this(name, gauge, System::nanoTime, MOMENT);
    }

    /** With another stop watch, and another time to wait for the first reading, for tests. */
    GaugeThrottle(String name, Gauge gauge, LongSupplier nanoTime, Duration moment) {
        this.name = name;
        this.gauge = gauge;
        this.nanoTime = nanoTime;
        this.moment = moment;
    }

    @Override
    public Answer ask(ThrottleRun run) {
        Reading known = last;
        if (known != null && (isOff || isWithin(FRESH, known))) {
            return known.answer();
        }
        if (!isFree(known)) {
            return known != null && isWithin(STALE, known) ? known.answer() : beingRead();
        }
        try {
            Reading meanwhile = last;
            if (meanwhile != null && meanwhile != known) {
                return meanwhile.answer();
            }
            Answer answer = read(run);
            last = new Reading(answer, nanoTime.getAsLong());
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** Whether no other thread is reading. If true, the caller holds the lock. */
    private boolean isFree(@Nullable Reading known) {
        if (known != null) {
            return lock.tryLock();
        }
        try {
            return lock.tryLock(moment.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isWithin(Duration time, Reading reading) {
        return nanoTime.getAsLong() - reading.at() < time.toNanos();
    }

    private Answer beingRead() {
        return Answer.notNow(name + " is being read by another worker").askAgainAfter(FRESH);
    }

    private Answer read(ThrottleRun run) {
        try {
            Answer answer = gauge.read(run);
            wasRead = true;
            return answer.goesOn() ? answer : answer.askAgainAfter(FRESH);
        } catch (UnreadableException unreadable) {
            if (wasRead) {
                return unread(unreadable);
            }
            isOff = true;
            LOG.info("{} is not watched: {}", name, unreadable.getMessage());
            return Answer.goOn();
        } catch (Exception failure) {
            return unread(failure);
        }
    }

    private Answer unread(Exception failure) {
        SQLException cause = Trouble.sqlException(failure);
        String why = Trouble.words(cause != null ? cause : failure);
        return Answer.notNow(name + " cannot be read: " + why).askAgainAfter(FRESH);
    }
}
