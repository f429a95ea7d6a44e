package org.asyncmigrations.dispatch;

import java.time.Duration;
import org.asyncmigrations.batch.Stop;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.state.ClaimRenewal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread beside the workers: renews their claims. Safe for threads. */
final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final ClaimRenewal renewal;
    private final Stop ended = new Stop();
    private boolean started;

    Maintenance(ClaimRenewal renewal) {
        this.renewal = renewal;
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
        while (!ended.isStopped() && !Thread.currentThread().isInterrupted()) {
            ended.await(interval);
            try {
                renewal.tick();
            } catch (Throwable failure) {
                // Without this thread every claim is lost: whatever it was, the next round tries again.
                LOG.error("the claims of the async migrations could not be looked after", Masked.failure(failure));
            }
        }
    }

    /** Ends the thread. */
    void end() {
        ended.stop();
    }
}
