package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import org.asyncmigrations.batch.StopSignal;
import org.asyncmigrations.database.Masked;
import org.asyncmigrations.release.Presence;
import org.asyncmigrations.state.ClaimRenewal;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread beside the workers: renews their claims and says that this instance is alive. Safe for threads. */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final ClaimRenewal renewal;
    private final Presence presence;
    private final StopSignal ended = new StopSignal();
    private boolean started;

    Maintenance(ClaimRenewal renewal, Presence presence) {
        this.renewal = renewal;
        this.presence = presence;
    }

    synchronized void start() {
        if (!started) {
            started = true;
            Thread thread = new Thread(this::run, "async-migrations-claims");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        Duration interval = renewal.interval();
        long beaten = System.nanoTime();
        while (!ended.isStopped() && !Thread.currentThread().isInterrupted()) {
            ended.await(interval);
            try {
                renewal.tick();
                if (System.nanoTime() - beaten >= Presence.HEARTBEAT.toNanos()) {
                    presence.beat();
                    beaten = System.nanoTime();
                }
            } catch (SQLException | DataAccessException failure) {
                LOG.debug("this instance could not say that it is alive: {}", failure.toString());
            } catch (Throwable failure) {
                // Without this thread every claim is lost: whatever it was, the next round tries again.
                LOG.error("the claims of the async migrations could not be looked after", Masked.failure(failure));
            }
        }
    }

    /** Ends the thread, and takes leave. */
    void end() {
        ended.stop();
        try {
            presence.leave();
        } catch (SQLException | DataAccessException failure) {
            LOG.debug("this instance could not take leave: {}", failure.toString());
        }
    }
}
