package org.asyncmigrations.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry with its last reading and the samples of its running migrations. However many users look, it is read at most once a
 * second. Thread-safe.
 */
final class WatchedRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedRegistry.class);

    /** The maximum age of a page. The page's script asks every two seconds. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** More readers at the same time would take connections from the application. */
    private static final int MOST_READERS = 4;

    /** Two hours, with one sample every 5 seconds. */
    private static final int MOST_SAMPLES = 1_440;

    /** Few migrations run at the same time; limits the memory. */
    private static final int MOST_CURVES = 20;

    private final String name;
    private final Operator operator;
    private final InstantSource clock;
    private final ReentrantLock reads = new ReentrantLock();
    private final Semaphore readers = new Semaphore(MOST_READERS);
    private final Map<Long, Deque<Sample>> samples = new HashMap<>();

    private volatile @Nullable Reading last;
    private volatile Instant lookedAt = Instant.MIN;

    WatchedRegistry(String name, Operator operator, InstantSource clock) {
        this.name = name;
        this.operator = operator;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    Operator operator() {
        return operator;
    }

    /** {@return the last reading, null before the first} */
    @Nullable
    Reading last() {
        return last;
    }

    Instant lookedAt() {
        return lookedAt;
    }

    /**
     * Lets a user read, unless too many are reading.
     *
     * @return whether the user may read; if so, call {@link #leave} afterwards
     */
    boolean enter() {
        return readers.tryAcquire();
    }

    void leave() {
        readers.release();
    }

    /** {@return a reading for a user who looks at it} */
    Reading look() {
        lookedAt = clock.instant();
        return read(FRESH);
    }

    /** Makes the next look read again, because an order was given. */
    void forget() {
        last = null;
    }

    /**
     * Reads the status, unless the last reading is recent enough, or another thread is reading: then the last one is good enough.
     *
     * @param age the maximum age of a reading
     * @return the reading
     */
    Reading read(Duration age) {
        Reading before = last;
        if (before != null && (isYounger(before, age) || reads.isLocked() && !reads.isHeldByCurrentThread())) {
            return before;
        }
        reads.lock();
        try {
            Reading meanwhile = last;
            if (meanwhile != null && isYounger(meanwhile, age)) {
                return meanwhile;
            }
            Reading now = readNow();
            last = now;
            return now;
        } finally {
            reads.unlock();
        }
    }

    private boolean isYounger(Reading reading, Duration age) {
        return reading.at().plus(age).isAfter(clock.instant());
    }

    private Reading readNow() {
        try {
            Reading now = new Reading(clock.instant(), operator.status(), null);
            sample(now);
            return now;
        } catch (MigrationException unreadable) {
            return unreadable(String.valueOf(unreadable.getMessage()));
        } catch (RuntimeException unexpected) {
            LOG.warn("the status of registry {} could not be read", name, unexpected);
            return unreadable("an unexpected error; see the log");
        }
    }

    private Reading unreadable(String why) {
        return new Reading(clock.instant(), new DispatchStatus(List.of()), why);
    }

    private void sample(Reading now) {
        synchronized (samples) {
            for (MigrationStatus migration : now.status().migrations()) {
                boolean isAtWork = Reading.isActive(migration);
                Deque<Sample> curve = samples.get(migration.version());
                if (curve == null && isAtWork && samples.size() < MOST_CURVES) {
                    curve = new ArrayDeque<>();
                    samples.put(migration.version(), curve);
                }
                if (curve != null && isAtWork) {
                    curve.add(Sample.of(now.at(), migration));
                    if (curve.size() > MOST_SAMPLES) {
                        curve.removeFirst();
                    }
                }
            }
        }
    }

    /** {@return the samples of a migration, the oldest first} */
    List<Sample> samples(long version) {
        synchronized (samples) {
            Deque<Sample> curve = samples.get(version);
            return curve == null ? List.of() : List.copyOf(curve);
        }
    }
}
