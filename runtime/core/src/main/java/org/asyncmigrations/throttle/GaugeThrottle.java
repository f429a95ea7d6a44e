package org.asyncmigrations.throttle;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.asyncmigrations.database.Trouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a gauge, at most once a second for all workers, and says what holds when it cannot be read: a database that never tells
 * it switches the throttle off, which is said once; anything else means "not now". Safe for threads.
 */
final class GaugeThrottle implements Throttle {
    private static final Logger LOG = LoggerFactory.getLogger(GaugeThrottle.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final String name;
    private final Gauge gauge;
    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private @Nullable Answer last;
    private long askedAt;
    private boolean wasRead;
    private boolean isOff;

    GaugeThrottle(String name, Gauge gauge) {
        this(name, gauge, System::nanoTime);
    }

    /** With another stop watch, for tests. */
    GaugeThrottle(String name, Gauge gauge, LongSupplier nanoTime) {
        this.name = name;
        this.gauge = gauge;
        this.nanoTime = nanoTime;
    }

    @Override
    public Answer ask(ThrottleRun run) {
        lock.lock();
        try {
            Answer answer = last;
            if (answer == null || !isOff && nanoTime.getAsLong() - askedAt >= FRESH.toNanos()) {
                answer = read(run);
                last = answer;
                askedAt = nanoTime.getAsLong();
            }
            return answer;
        } finally {
            lock.unlock();
        }
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
            LOG.info("the throttle on {} is off: {}", name, unreadable.getMessage());
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
