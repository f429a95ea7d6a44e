package org.asyncmigrations.state;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.asyncmigrations.session.UserWork;
import org.jspecify.annotations.Nullable;

/** A claim that is kept alive while its worker is at it. Safe for threads: the worker and the renewal share it. */
public final class KeptClaim implements AutoCloseable {
    private final String name;
    private final Predicate<StateTransaction> renewal;
    private final Duration statementTimeout;
    private final Consumer<KeptClaim> forget;
    private final LongSupplier nanoTime;
    private volatile long renewedAt;
    private volatile boolean lost;
    private volatile boolean closed;
    private volatile @Nullable UserWork work;

    /** When what the worker is at began; null while it rests. */
    private volatile @Nullable LongSupplier busySince;

    KeptClaim(
            String name,
            Predicate<StateTransaction> renewal,
            Duration statementTimeout,
            Consumer<KeptClaim> forget,
            LongSupplier nanoTime) {
        this.name = name;
        this.renewal = renewal;
        this.statementTimeout = statementTimeout;
        this.forget = forget;
        this.nanoTime = nanoTime;
        this.renewedAt = nanoTime.getAsLong();
    }

    /**
     * Names the work whose statement is cancelled when the claim is lost.
     *
     * @param current the user's part under way
     */
    public void working(UserWork current) {
        work = current;
        busySince = current::lastStatementAt;
        if (lost) {
            current.cancel();
        }
    }

    /** Says that the worker waits between two batches, for as long as it may take. */
    public void resting() {
        work = null;
        busySince = null;
    }

    /**
     * Says that the worker is at something other than its work, as a question to a throttle, that is to end within the time of a
     * statement.
     */
    public void busy() {
        long now = nanoTime.getAsLong();
        work = null;
        busySince = () -> now;
    }

    /** Ends the statement under way, as when the claim is lost; for a close that has waited long enough. */
    public void cancelWork() {
        UserWork current = work;
        if (current != null) {
            current.cancel();
        }
    }

    /**
     * Says that a fence has renewed the claim.
     *
     * @param when a reading of {@link System#nanoTime()} from before the fence
     */
    public void renewedAt(long when) {
        renewedAt = when;
    }

    /** {@return whether the claim is somebody else's, or could not be kept} */
    public boolean isLost() {
        return lost;
    }

    String name() {
        return name;
    }

    boolean renew(StateTransaction tx) {
        return renewal.test(tx);
    }

    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - renewedAt);
    }

    /** Whether a statement, or what is asked between two, takes longer than any may: a worker that hangs is not kept alive. */
    boolean isHung() {
        LongSupplier since = busySince;
        return since != null
                && !statementTimeout.isZero()
                && nanoTime.getAsLong() - since.getAsLong() > statementTimeout.toNanos();
    }

    boolean isClosed() {
        return closed;
    }

    void lose() {
        lost = true;
        cancelWork();
    }

    /** Ends the keeping; the claim itself is ended by a verb of the state's. */
    @Override
    public void close() {
        closed = true;
        forget.accept(this);
    }
}
