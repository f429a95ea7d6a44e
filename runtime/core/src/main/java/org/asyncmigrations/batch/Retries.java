package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.asyncmigrations.product.Trouble;

/**
 * Decides what to do about each kind of failure under a claim; nothing else does. Retries don't use up an attempt. Counts since the
 * last progress. Used by one thread.
 */
public final class Retries {
    /** The first wait of a batch after a failure: about as long as a batch, so that a session that held a lock is done. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(50);

    /**
     * How often a connection may be lost if a new one is available each time. More than that can't be our database, so it's another
     * one that the user's code uses.
     */
    private static final int LOST_CONNECTIONS = 20;

    /** How often the smallest batch may time out, with growing waits: enough to outlast a server that stalls for a minute. */
    private static final int TIMEOUTS = 20;

    /** How often a transaction may be the victim of a conflict. With growing waits, this takes minutes. */
    private static final int CONFLICTS = 100;

    /** How often a lock may undo work in one piece, with growing waits, before the attempt fails. */
    private static final int LOCKS = 10;

    /** How many locks in a row a batch may meet before it gets smaller. These are the locks of short transactions. */
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

    /** What to do. */
    enum Verdict {
        /** Try the same again, after a wait. */
        AGAIN,
        /** Try less at once, without a wait. */
        SMALLER,
        /** Fail the attempt. */
        FAILED
    }

    /**
     * For batches, which lose little work.
     *
     * @param longest the longest wait
     * @return retries without a failure so far
     */
    static Retries ofBatches(Duration longest) {
        return new Retries(false, SHORT_WAIT, longest);
    }

    /**
     * For work that loses all of its progress.
     *
     * @param first the first wait
     * @return retries without a failure so far
     */
    public static Retries inOnePiece(Duration first) {
        return new Retries(true, first, first.multipliedBy(60));
    }

    /**
     * Decides what to do about a failure.
     *
     * @param failure what was thrown
     * @param connected whether there was a connection to our database
     * @param shrinks makes the batch smaller, and returns whether that was possible
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

    /** The kind of a failure. A batch that ended itself because its time was up counts as a timeout. */
    static Trouble trouble(Throwable failure) {
        return BatchTooLongException.isIn(failure) ? Trouble.TIMEOUT : Trouble.of(failure);
    }

    /** Makes the batch smaller if locks last. A row that is locked for long blocks fewer and fewer other rows, and finally only itself. */
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

    /** {@return how long to wait: doubles each time, with a random share, so that two that collide don't collide again} */
    Duration pause() {
        long millis = Math.max(1, Math.min(longest.toMillis(), first.toMillis() << Math.min(pauses++, 10)));
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** The work has made progress, so the next failure counts as the first. {@return whether there was a failure before} */
    boolean progressed() {
        boolean was = pauses > 0;
        pauses = 0;
        counts.clear();
        return was;
    }
}
