package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.asyncmigrations.product.Trouble;

/**
 * What is done about each kind of failure under a claim: this is the one table of it. What is tried again uses no attempt up. Counts
 * since the last progress. Used by one thread.
 */
public final class Retries {
    /** The first wait of a batch after giving way: about a batch, so that whoever we gave way to has gone. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(50);

    /**
     * How often a connection may be lost if a new one is there each time: more than that is not our database, but another one that
     * the user's code asks.
     */
    private static final int LOST_CONNECTIONS = 20;

    /** How often the smallest batch may run out of time, with growing waits: a server that stalls for a minute is waited for. */
    private static final int TIMEOUTS = 20;

    /** How often a transaction may be the victim of others: with growing waits, minutes. */
    private static final int CONFLICTS = 100;

    /** How often work in one piece may be undone by somebody's lock, with growing waits, before that is a failed attempt. */
    private static final int LOCKS = 10;

    /** So often in a row a batch meets locks of short transactions. */
    private static final int SHORT_LOCKS = 2;

    private final boolean inOnePiece;
    private final Duration first;
    private final Duration longest;
    private final Map<Trouble, Integer> counts = new EnumMap<>(Trouble.class);
    private int pauses;

    private Retries(boolean inOnePiece, Duration first, Duration longest) {
        this.inOnePiece = inOnePiece;
        this.first = first;
        this.longest = longest;
    }

    /** What is done. */
    enum Verdict {
        /** The same again, after a wait. */
        AGAIN,
        /** Less at once, without a wait. */
        SMALLER,
        /** The attempt has failed. */
        FAILED
    }

    /**
     * For batches, which lose little.
     *
     * @param longest the longest wait
     * @return nothing has failed yet
     */
    static Retries ofBatches(Duration longest) {
        return new Retries(false, SHORT_WAIT, longest);
    }

    /**
     * For work that loses all it has done.
     *
     * @param first the first wait
     * @return nothing has failed yet
     */
    public static Retries inOnePiece(Duration first) {
        return new Retries(true, first, first.multipliedBy(60));
    }

    /**
     * Judges a failure.
     *
     * @param failure what was thrown
     * @param connected whether there was a connection to our database
     * @param shrinks takes less at once, and tells whether that was possible
     */
    Verdict after(Throwable failure, boolean connected, BooleanSupplier shrinks) {
        return switch (trouble(failure)) {
            case CONNECTION -> connected ? atMost(LOST_CONNECTIONS, Trouble.CONNECTION) : Verdict.AGAIN;
            case FULL -> Verdict.AGAIN;
            case LOCK -> inOnePiece ? atMost(LOCKS, Trouble.LOCK) : locked(shrinks);
            case CONFLICT -> atMost(CONFLICTS, Trouble.CONFLICT);
            case TIMEOUT -> timedOut(shrinks);
            case DATA, ATTEMPT -> Verdict.FAILED;
        };
    }

    /** The kind of a failure; a batch that ends itself since its time is up has taken too long. */
    static Trouble trouble(Throwable failure) {
        return BatchTooLongException.isIn(failure) ? Trouble.TIMEOUT : Trouble.of(failure);
    }

    /** Somebody who holds a row for long keeps fewer and fewer others from being changed, and in the end that row alone. */
    private Verdict locked(BooleanSupplier shrinks) {
        if (counts.merge(Trouble.LOCK, 1, Integer::sum) > SHORT_LOCKS) {
            shrinks.getAsBoolean();
        }
        return Verdict.AGAIN;
    }

    private Verdict timedOut(BooleanSupplier shrinks) {
        if (inOnePiece) {
            return Verdict.FAILED;
        }
        return shrinks.getAsBoolean() ? Verdict.SMALLER : atMost(TIMEOUTS, Trouble.TIMEOUT);
    }

    private Verdict atMost(int most, Trouble trouble) {
        return counts.merge(trouble, 1, Integer::sum) <= most ? Verdict.AGAIN : Verdict.FAILED;
    }

    /** {@return how long to wait; doubles each time, with a random share, so that two that meet do not meet again} */
    Duration pause() {
        long millis = Math.max(1, Math.min(longest.toMillis(), first.toMillis() << Math.min(pauses++, 10)));
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** Something has gone well: the next failure is a first one. {@return whether there was one before} */
    boolean progressed() {
        boolean was = pauses > 0;
        pauses = 0;
        counts.clear();
        return was;
    }
}
