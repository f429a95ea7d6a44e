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
 * Asks a gauge, at most once a second for all workers, and says what holds when it cannot be read: a database that never tells
 * it switches the throttle off, which is said once; anything else means "not now". One worker reads, and no other waits for it
 * with its connection in hand: they have the answer before, while that is not old. Only the first reading, before which there is
 * none, is waited for a moment. Safe for threads.
 */
final class GaugeThrottle implements Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(GaugeThrottle.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** While a reading is under way the answer before it holds so long: what takes longer than any statement may is not read now. */
    private static final Duration STALE = Duration.ofSeconds(5);

    /** What a reading takes, mostly. */
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

    /** With another stop watch, and another time that the first reading is waited for, for tests. */
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

    /** Whether nobody else reads; whoever is told so has the lock. */
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
