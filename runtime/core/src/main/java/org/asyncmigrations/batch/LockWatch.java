package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, while a worker waits for a lock, who holds it, and has the status show that. Only the server knows, and only as long as
 * somebody waits: so it is asked on another connection meanwhile. Safe for threads.
 */
public final class LockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);

    /** Work in one piece is looked at so often: people wait a moment for an answer. */
    private static final Duration EACH = Duration.ofMillis(500);

    /** A batch waits for a tenth of a second: it is looked at in short steps, and that not all the time. */
    private static final Duration STEP = Duration.ofMillis(20);

    private static final int STEPS = 20;
    private static final Duration CLOSELY_EACH = Duration.ofSeconds(2);

    private final Connections connections;
    private final Brake brake;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - CLOSELY_EACH.toNanos());
    private volatile boolean untold;

    LockWatch(Connections connections, Brake brake) {
        this.connections = connections;
        this.brake = brake;
    }

    /** Ends a look. */
    @FunctionalInterface
    public interface Look extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Looks from now on, until closed.
     *
     * @param entry the migration that is shown to wait
     * @param sessionName what its session shows
     * @return ends it
     */
    public Look look(MigrationEntry entry, String sessionName) {
        if (untold) {
            return () -> {};
        }
        StopSignal over = new StopSignal();
        start(() -> {
            boolean shown = false;
            over.await(EACH);
            while (!over.isStopped() && !untold) {
                String blocker = ask(entry, sessionName, shown);
                shown = blocker != null;
                over.await(EACH);
            }
        });
        return over::stop;
    }

    /** Looks for a moment, in which the next try of a batch is to wait. */
    void lookClosely(MigrationEntry entry, String sessionName) {
        long before = lookedAt.get();
        long now = System.nanoTime();
        if (untold || now - before < CLOSELY_EACH.toNanos() || !lookedAt.compareAndSet(before, now)) {
            return;
        }
        StopSignal never = new StopSignal();
        start(() -> {
            for (int i = 0; i < STEPS && ask(entry, sessionName, false) == null; i++) {
                never.await(STEP);
            }
        });
    }

    private static void start(Runnable look) {
        Thread thread = new Thread(look, "async-migrations-locks");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@return who holds the lock, null for nobody} */
    private @Nullable String ask(MigrationEntry entry, String sessionName, boolean shown) {
        try (Session session = connections.borrow()) {
            session.begin(Limits.STATE);
            String blocker = session.product()
                    .blocker(session.dsl(), Limits.STATE.named(sessionName).sessionName());
            session.rollback();
            if (blocker != null || shown) {
                brake.waitsForLock(session, entry, blocker);
            }
            return blocker;
        } catch (SQLException | RuntimeException failure) {
            // Nothing depends on it, and a server that does not tell this user will not do so later.
            untold = !isPassing(failure);
            LOG.debug("who holds a lock that {} waits for cannot be found out", entry, failure);
            return null;
        }
    }

    private static boolean isPassing(Exception failure) {
        return Trouble.of(failure) != Trouble.ATTEMPT;
    }
}
