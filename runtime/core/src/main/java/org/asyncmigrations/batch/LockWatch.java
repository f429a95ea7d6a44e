package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.Rounds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who holds the lock that a worker waits for, and has the status show it within a second. Only the server knows, and only
 * while the worker waits, so another connection asks meanwhile. Thread-safe.
 */
public final class LockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);

    /** Work that takes longer than this is checked this often. Twice this time is less than the second within which the status shows it. */
    private static final Duration EACH = Duration.ofMillis(400);

    /**
     * The steps of a close watch. Where the server supports it, a batch waits for a lock only a tenth of a second, so the try after
     * one that met a lock is watched in short steps.
     */
    private static final Duration STEP = Duration.ofMillis(20);

    /** The shortest time between two close watches, since they cost the server something. They don't follow each try of each worker. */
    private static final Duration CLOSELY_EACH = Duration.ofMillis(500);

    private final Connections connections;
    private final Brake brake;
    private final AtomicLong closelyAt = new AtomicLong(System.nanoTime() - CLOSELY_EACH.toNanos());
    private final Set<Look> looks = ConcurrentHashMap.newKeySet();
    private final Set<Long> locked = ConcurrentHashMap.newKeySet();
    private final Set<Long> told = ConcurrentHashMap.newKeySet();
    private final Map<Long, Integer> losses = new ConcurrentHashMap<>();
    private final Stop stop;
    private final Rounds.Round round;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean untold;

    LockWatch(Connections connections, Brake brake, Stop stop, Rounds rounds) {
        this.round = rounds.round(this::lookOn);
        this.stop = stop;
        this.connections = connections;
        this.brake = brake;
    }

    /** Work that is watched until this is closed. */
    public final class Look implements AutoCloseable {
        private final MigrationEntry entry;
        private final String sessionName;
        private final long since = System.nanoTime();
        private volatile boolean shown;
        private volatile boolean passed;
        private volatile boolean closed;

        private Look(MigrationEntry entry, String sessionName) {
            this.entry = entry;
            this.sessionName = sessionName;
        }

        /**
         * The work has got what it waited for.
         *
         * @return whether the status still shows the lock
         */
        public boolean passes() {
            passed = true;
            return shown;
        }

        @Override
        public void close() {
            closed = true;
            looks.remove(this);
        }
    }

    /**
     * Watches a worker until the result is closed.
     *
     * @param entry the migration that the status shows as waiting
     * @param sessionName the name of the worker's session, as the server shows it
     * @return the watch; closing it ends it
     */
    public Look look(MigrationEntry entry, String sessionName) {
        Look look = new Look(entry, sessionName);
        if (untold) {
            return look;
        }
        looks.add(look);
        begin();
        if (locked.remove(entry.version()) && isCloseLookDue()) {
            start(() -> lookClosely(look));
        }
        return look;
    }

    /**
     * A try has met a lock, so the next one may meet it again.
     *
     * @param entry the migration
     */
    public void meetsLock(MigrationEntry entry) {
        locked.add(entry.version());
    }

    /** A worker has lost its claim. It no longer waits for the lock, and no batch follows that would say so. */
    void lost(MigrationEntry entry) {
        losses.merge(entry.version(), 1, Integer::sum);
        if (!told.remove(entry.version())) {
            return;
        }
        try (Session session = connections.borrow()) {
            brake.waitsForLock(session, entry, null);
        } catch (SQLException unreachable) {
            LOG.debug("{}: the lock has been released, but the status could not be updated", entry, unreachable);
        }
    }

    private boolean isCloseLookDue() {
        long before = closelyAt.get();
        long now = System.nanoTime();
        return now - before >= CLOSELY_EACH.toNanos() && closelyAt.compareAndSet(before, now);
    }

    private void lookClosely(Look look) {
        while (!look.closed && !untold && !stop.isStopped() && !shows(look)) {
            stop.await(step());
        }
    }

    private Duration step() {
        try {
            Duration shown = connections.server().product().showsLocksEach();
            return shown.compareTo(STEP) < 0 ? STEP : shown;
        } catch (SQLException unreachable) {
            return EACH;
        }
    }

    private void begin() {
        if (looking.compareAndSet(false, true)) {
            round.within(EACH);
        }
    }

    private static void start(Runnable look) {
        Thread thread = new Thread(look, "async-migrations-locks");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@return the time until the next look; null if there is nothing to look at} */
    private @Nullable Duration lookOn() {
        long now = System.nanoTime();
        looks.stream().filter(look -> now - look.since >= EACH.toNanos()).forEach(this::shows);
        boolean goesOn = !untold && !stop.isStopped();
        looking.set(goesOn && !looks.isEmpty());
        // Work that came meanwhile may have started no round of its own, so this one goes on.
        return goesOn && (looking.get() || !looks.isEmpty()) ? EACH : null;
    }

    /** Asks the server who holds the lock. {@return whether someone does} */
    private boolean shows(Look look) {
        try (LogContext.Scope scope = LogContext.of(look.entry).enter();
                Session session = connections.borrow()) {
            assert scope != null;
            int lossesBefore = losses(look.entry);
            session.begin(Limits.STATE);
            String blocker = session.product()
                    .blocker(session.dsl(), Limits.STATE.named(look.sessionName).sessionName());
            session.rollback();
            if (blocker != null) {
                told.add(look.entry.version());
            }
            if (blocker != null || look.shown) {
                brake.waitsForLock(session, look.entry, blocker);
            }
            look.shown = blocker != null;
            if (look.shown && (look.passed || losses(look.entry) != lossesBefore)) {
                // The wait ended between the question and its answer, and nothing else would clear the status.
                brake.waitsForLock(session, look.entry, null);
            }
            return look.shown;
        } catch (SQLException | RuntimeException failure) {
            // Nothing depends on the answer. A server that refuses this user now will refuse later too.
            untold = !isPassing(failure);
            LOG.debug("cannot find out who holds a lock that {} waits for", look.entry, failure);
            return false;
        }
    }

    private int losses(MigrationEntry entry) {
        return losses.getOrDefault(entry.version(), 0);
    }

    private static boolean isPassing(Exception failure) {
        return Trouble.of(failure) != Trouble.ATTEMPT;
    }
}
