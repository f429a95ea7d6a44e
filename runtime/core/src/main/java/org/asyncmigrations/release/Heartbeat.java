package org.asyncmigrations.release;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.product.UnsupportedProductException;
import org.asyncmigrations.state.InstanceRows;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon thread that says that this instance is alive, from its dispatch to its close. Safe for threads. */
public final class Heartbeat {
    /** How often it says that it is alive: a thirtieth of the silence after which it counts as gone. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** A close does not wait longer for a database that does not answer; the instance then goes by its silence. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Supplier<Presence> presence;
    private final Consumer<String> silent;
    private final Runnable renews;
    private final LongSupplier nanoTime;
    private final boolean byHand;
    private long heard;
    private boolean told;
    private boolean ended;
    private @Nullable Thread thread;

    /**
     * A heartbeat.
     *
     * @param presence what beats; asked for by the thread alone, since it may be dear to make
     * @param silent told once when the instance cannot say that it is alive, and why
     * @param renews what is done with each beat besides, whether or not the instance could be written down; must not throw
     * @param nanoTime the running clock of this process
     * @param byHand whether there is no thread, and who calls {@link #beat()} is all there is; for tests
     */
    public Heartbeat(
            Supplier<Presence> presence,
            Consumer<String> silent,
            Runnable renews,
            LongSupplier nanoTime,
            boolean byHand) {
        this.renews = renews;
        this.presence = presence;
        this.silent = silent;
        this.nanoTime = nanoTime;
        this.byHand = byHand;
    }

    /** Starts the thread, once. */
    public synchronized void start() {
        if (thread == null && !ended) {
            heard = nanoTime.getAsLong();
            thread = new Thread(byHand ? this::leave : this::run, "async-migrations-instance");
            thread.setDaemon(true);
            if (!byHand) {
                thread.start();
            }
        }
    }

    private void run() {
        while (!isEnded()) {
            beat();
            rest();
        }
        leave();
    }

    private void leave() {
        try {
            presence.get().leave();
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("this instance could not take leave: {}", failure.toString());
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized void rest() {
        long until = System.nanoTime() + EVERY.toNanos();
        try {
            for (long left = EVERY.toMillis(); !ended && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException endedByOthers) {
            ended = true;
        }
    }

    /** Says once that this instance is alive. What goes wrong is told, and never thrown. */
    public void beat() {
        say();
        renews.run();
    }

    private void say() {
        try {
            presence.get().beat();
            heard(true, "");
        } catch (SQLException | DataAccessException failure) {
            if (Trouble.isMissingTable(failure)) {
                // Whoever works makes the tables, and writes the instance down as soon as it has.
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

    private void missed(Exception failure) {
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
        return nanoTime.getAsLong() - heard;
    }

    private void heard(boolean now, String why) {
        boolean tells;
        synchronized (this) {
            tells = !now && !told;
            told = !now;
            heard = now ? nanoTime.getAsLong() : heard;
        }
        if (tells) {
            LOG.warn("async migrations: {}", why);
            silent.accept(why);
        }
    }

    /** Lets the thread end when it is done with what it is at; one that has not begun says nothing any more. */
    public synchronized void stop() {
        ended = true;
        notifyAll();
    }

    /** Ends the thread, which takes leave; waits a little for that. */
    public void end() {
        stop();
        Thread ending;
        synchronized (this) {
            ending = thread;
        }
        try {
            if (ending != null) {
                if (byHand) {
                    ending.start();
                }
                ending.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
