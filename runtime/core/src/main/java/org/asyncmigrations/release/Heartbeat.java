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

/** Says that one instance is alive, from its dispatch to its close, together with those that share its data source. Safe for threads. */
public final class Heartbeat {
    /** How often it says that it is alive: a thirtieth of the silence after which it counts as gone. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** How often it does with nothing to do: a fifth of that silence. */
    private static final Duration WITH_NOTHING_TO_DO = Duration.ofMinutes(1);

    /** A close does not wait longer for a database that does not answer; the instance then goes by its silence. */
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
    /** A first beat, and one after a failure, is the affair of this instance alone. */
    private volatile boolean alone = true;

    /** What a heartbeat asks of its instance, and tells it. */
    public interface Instance {
        /** {@return what connections come from} */
        Object source();

        /** {@return whether it has nothing to do, and is heard of less often} */
        boolean isIdle();

        /** {@return the running clock of this process} */
        long nanoTime();

        /**
         * Is told once when it cannot say that it is alive.
         *
         * @param why the reason
         */
        void tellSilence(String why);

        /** Does what is done with each beat besides, whether or not the instance could be written down; must not throw. */
        void renew();
    }

    /**
     * A heartbeat.
     *
     * @param presence what beats; asked for in the background alone, since it may be dear to make
     * @param instance the instance
     * @param all those of this process
     * @param byHand whether who calls {@link #beat()} is all there is; for tests
     */
    public Heartbeat(Supplier<Presence> presence, Instance instance, Heartbeats all, boolean byHand) {
        this.presence = presence;
        this.instance = instance;
        this.all = all;
        this.byHand = byHand;
    }

    /** Starts, once. */
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

    /** {@return whether it may be said together with others} */
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
            LOG.debug("this instance could not take leave: {}", failure.toString());
        }
    }

    /** It has been said together with others. */
    void beaten(boolean isCounted) {
        heard(true, "");
        if (!isCounted) {
            presence().countedAsGone();
            alone = true;
        }
        rest(isCounted);
    }

    /** Until the next one; at once if it has to arrive again. */
    private void rest(boolean isLong) {
        Duration time = !isLong ? Duration.ZERO : instance.isIdle() ? WITH_NOTHING_TO_DO : EVERY;
        synchronized (this) {
            due = System.nanoTime() + time.toNanos();
        }
        instance.renew();
    }

    /** Says once that this instance is alive. What goes wrong is told, and never thrown. */
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
                // Whoever works makes the tables, and writes the instance down as soon as it has.
                alone = true;
                LOG.debug("there is no table of the instances yet");
            } else {
                missed(failure);
            }
        } catch (UnsupportedProductException refused) {
            // Whoever works says so; no later beat will be welcome.
            LOG.debug("this instance is not written down: {}", refused.getMessage());
            stop();
        } catch (Throwable failure) {
            // A thread that ends would have others take this instance for gone.
            LOG.error("this instance could not say that it is alive", failure);
        }
    }

    /** It could not be said together with others, for want of a connection. */
    void missedWithAll(Exception failure) {
        missed(failure);
        rest(true);
    }

    private void missed(Exception failure) {
        // Without a connection those that wait for one wait together.
        alone |= Trouble.of(failure) != Trouble.CONNECTION;
        LOG.debug("this instance could not say that it is alive", failure);
        if (Trouble.refusal(failure) != null || Trouble.isReadOnly(failure)) {
            heard(
                    false,
                    "this instance can read and not write, and so the gate does not see it: after-release migrations may"
                            + " begin while it runs, and it opens no gate itself; let its database user write to the"
                            + " instances' table, or connect it to the primary: " + Trouble.words(failure));
        } else if (silence() >= InstanceRows.SILENCE.toNanos() / 2) {
            heard(
                    false,
                    "this instance could not say for " + InstanceRows.SILENCE.toSeconds() / 2
                            + " s that it is alive; after " + InstanceRows.SILENCE.toSeconds()
                            + " s others take it for gone, and gates may open while it runs: "
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

    /** No beat begins any more. */
    public void stop() {
        synchronized (this) {
            ended = true;
        }
        all.leave(this);
    }

    /** Ends, and takes leave; waits a little for that. */
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
