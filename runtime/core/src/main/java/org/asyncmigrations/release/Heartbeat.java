package org.asyncmigrations.release;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.product.UnsupportedProductException;
import org.asyncmigrations.state.InstanceRows;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeat of one instance, from its dispatch to its close. It is sent together with those of other instances with the same
 * data source. Thread-safe.
 */
public final class Heartbeat {
    /** The interval: a thirtieth of the silence after which an instance counts as gone. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** The interval while there is nothing to do: a fifth of that silence. */
    static final Duration WITH_NOTHING_TO_DO = Duration.ofMinutes(1);

    /** How long a close waits for a database that doesn't answer. After that, the instance counts until its silence is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Supplier<Presence> presence;
    private final Instance instance;
    private final Heartbeats all;
    private final boolean byHand;
    private long heard;
    private long due;
    private boolean told;
    private boolean started;
    private boolean ended;
    /** Whether the next beat is sent for this instance alone: the first one, and one after a failure. */
    private volatile boolean alone = true;

    /** What a heartbeat asks and tells its instance. */
    public interface Instance {
        /** {@return the object that connections come from} */
        Object source();

        /** {@return whether it has nothing to do, so that fewer heartbeats are enough} */
        boolean isIdle();

        /** {@return this process's stop watch} */
        long nanoTime();

        /**
         * Called once when heartbeats can't be sent.
         *
         * @param why the reason
         */
        void tellSilence(String why);

        /** Called after each beat, even if the beat wasn't written. Must not throw. */
        void renew();
    }

    /**
     * A heartbeat.
     *
     * @param presence sends the beats; requested only in the background, since creating it may be expensive
     * @param instance the instance
     * @param all the heartbeats of this process
     * @param byHand whether only calls of {@link #beat()} send beats; for tests
     */
    public Heartbeat(Supplier<Presence> presence, Instance instance, Heartbeats all, boolean byHand) {
        this.presence = presence;
        this.instance = instance;
        this.all = all;
        this.byHand = byHand;
    }

    /** Starts the heartbeat. Further calls do nothing. */
    public void start() {
        synchronized (this) {
            if (started || ended) {
                return;
            }
            started = true;
            heard = instance.nanoTime();
            due = System.nanoTime();
        }
        all.enter(this, byHand);
    }

    Object source() {
        return instance.source();
    }

    Presence presence() {
        return presence.get();
    }

    /** {@return whether its beat may be sent together with others} */
    boolean isSettled() {
        return !alone && presence().isSettled();
    }

    synchronized Duration dueIn() {
        return Duration.ofNanos(Math.max(0, due - System.nanoTime()));
    }

    boolean isDue(Duration in) {
        return dueIn().compareTo(in) <= 0;
    }

    private void leave() {
        try {
            presence().leave();
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("this instance could not record its close: {}", failure.toString());
        }
    }

    /** The beat was sent together with others. */
    void beaten(boolean isCounted) {
        heard(true, "");
        if (!isCounted) {
            presence().countedAsGone();
            alone = true;
        }
        rest(isCounted);
    }

    /** Sets the time of the next beat; at once if the instance has to register again. */
    private void rest(boolean isLong) {
        Duration time = !isLong ? Duration.ZERO : instance.isIdle() ? WITH_NOTHING_TO_DO : EVERY;
        synchronized (this) {
            due = System.nanoTime() + time.toNanos();
        }
        instance.renew();
    }

    /** Sends one beat. Failures are reported, never thrown. */
    public void beat() {
        say();
        rest(true);
    }

    private void say() {
        try {
            presence().beat();
            heard(true, "");
            alone = false;
        } catch (SQLException | DataAccessException failure) {
            if (Trouble.isMissingTable(failure)) {
                // The workers create the tables and then register the instance.
                alone = true;
                LOG.debug("the instances table does not exist yet");
            } else {
                missed(failure);
            }
        } catch (UnsupportedProductException refused) {
            // The workers report this. Later beats would be refused too.
            LOG.debug("this instance is not registered: {}", refused.getMessage());
            stop();
        } catch (Throwable failure) {
            // If this thread ended, other instances would count this one as gone.
            LOG.error("this instance could not send its heartbeat", failure);
        }
    }

    /** The beat couldn't be sent together with others, because there was no connection. */
    void missedWithAll(Exception failure) {
        missed(failure);
        rest(true);
    }

    private void missed(Exception failure) {
        // After a lost connection, instances stay together, so that they wait for a new one only once.
        alone |= Trouble.of(failure) != Trouble.CONNECTION;
        LOG.debug("this instance could not send its heartbeat", failure);
        if (Trouble.refusal(failure) != null || Trouble.isReadOnly(failure)) {
            heard(
                    false,
                    "this instance can read but not write, so gates do not see it: after-release migrations may begin"
                            + " while it runs, and it opens no gates; let its database user write to the instances"
                            + " table, or connect it to the primary: " + Trouble.words(failure));
        } else if (silence() >= InstanceRows.SILENCE.toNanos() / 2) {
            heard(
                    false,
                    "this instance could not send its heartbeat for " + InstanceRows.SILENCE.toSeconds() / 2
                            + " s; after " + InstanceRows.SILENCE.toSeconds()
                            + " s, other instances consider it gone, and gates may open while it runs: "
                            + Trouble.words(failure));
        }
    }

    private synchronized long silence() {
        return instance.nanoTime() - heard;
    }

    private void heard(boolean now, String why) {
        boolean tells;
        synchronized (this) {
            tells = !now && !told;
            told = !now;
            heard = now ? instance.nanoTime() : heard;
        }
        if (tells) {
            LOG.warn("async migrations: {}", why);
            instance.tellSilence(why);
        }
    }

    /** Stops the heartbeat: no further beat starts. */
    public void stop() {
        synchronized (this) {
            ended = true;
        }
        all.leave(this);
    }

    /** Stops the heartbeat and records that the instance is closed. Waits for that only briefly. */
    public void end() {
        stop();
        Thread leaving = new Thread(this::leave, "async-migrations-instance");
        leaving.setDaemon(true);
        synchronized (this) {
            if (!started) {
                return;
            }
        }
        leaving.start();
        try {
            leaving.join(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
