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
 * Finds out, while a worker waits for a lock, who holds it, and has the status show that within a second. Only the server knows, and
 * only as long as somebody waits: so it is asked on another connection meanwhile. Safe for threads.
 */
public final class LockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);

    /** What takes longer is looked at so often: twice that is less than the second that people wait for an answer. */
    private static final Duration EACH = Duration.ofMillis(400);

    /** Where the server can do that, a batch waits for a tenth of a second: the try after one that met a lock is looked at in short steps. */
    private static final Duration STEP = Duration.ofMillis(20);

    /** That costs the server something, and is not done at each try of each worker. */
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

    /** Work that is looked at until this is closed. */
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

        /** The work has got what it waited for. {@return whether the status shows the lock still} */
        boolean passes() {
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
     * Looks from now on, until closed.
     *
     * @param entry the migration that is shown to wait
     * @param sessionName what its session shows
     * @return ends it
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

    /** A try has met a lock: the next one may meet it again. */
    void meetsLock(MigrationEntry entry) {
        locked.add(entry.version());
    }

    /** A worker has lost its claim. The lock is no longer waited for, and no batch follows that would say so. */
    void lost(MigrationEntry entry) {
        losses.merge(entry.version(), 1, Integer::sum);
        if (!told.remove(entry.version())) {
            return;
        }
        try (Session session = connections.borrow()) {
            brake.waitsForLock(session, entry, null);
        } catch (SQLException unreachable) {
            LOG.debug("{}: the status still shows a lock", entry, unreachable);
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

    /** {@return after which time again; null until there is something to look at} */
    private @Nullable Duration lookOn() {
        long now = System.nanoTime();
        looks.stream().filter(look -> now - look.since >= EACH.toNanos()).forEach(this::shows);
        boolean goesOn = !untold && !stop.isStopped();
        looking.set(goesOn && !looks.isEmpty());
        // One that has come meanwhile has begun nothing, or another round.
        return goesOn && (looking.get() || !looks.isEmpty()) ? EACH : null;
    }

    /** Asks who holds the lock. {@return whether there is one} */
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
                // The wait has ended between the question and its answer, and nobody else takes that back.
                brake.waitsForLock(session, look.entry, null);
            }
            return look.shown;
        } catch (SQLException | RuntimeException failure) {
            // Nothing depends on it, and a server that does not tell this user will not do so later.
            untold = !isPassing(failure);
            LOG.debug("who holds a lock that {} waits for cannot be found out", look.entry, failure);
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
