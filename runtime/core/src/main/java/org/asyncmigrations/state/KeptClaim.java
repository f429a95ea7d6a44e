package org.asyncmigrations.state;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.session.UserWork;
import org.jspecify.annotations.Nullable;

/** A claim that is renewed while its worker works. Thread-safe: the worker and the renewal share it. */
public final class KeptClaim implements AutoCloseable {
    private final Subject subject;
    private final Predicate<StateTransaction> renewal;
    private final Duration statementTimeout;
    private final Consumer<KeptClaim> forget;
    private final LongSupplier nanoTime;
    private final LogContext logContext = LogContext.current();
    private volatile long renewedAt;
    private volatile boolean lost;
    private volatile @Nullable String notRenewed;
    private volatile long aliveAt;
    private volatile boolean closed;
    private volatile @Nullable UserWork work;

    /** When the worker's current activity began; null while it pauses. */
    private volatile @Nullable LongSupplier busySince;

    /**
     * What a claim is on.
     *
     * @param name the migration or the part of it, for people
     * @param version the migration
     * @param claim the claim
     */
    public record Subject(String name, long version, Claim claim) {}

    KeptClaim(
            Subject subject,
            Predicate<StateTransaction> renewal,
            Duration statementTimeout,
            Consumer<KeptClaim> forget,
            LongSupplier nanoTime) {
        this.subject = subject;
        this.renewal = renewal;
        this.statementTimeout = statementTimeout;
        this.forget = forget;
        this.nanoTime = nanoTime;
        this.renewedAt = nanoTime.getAsLong();
        this.aliveAt = renewedAt;
    }

    /**
     * Sets the work whose statement is cancelled if the claim is lost.
     *
     * @param current the user's current work
     */
    @SuppressWarnings("exports")
    public void working(UserWork current) {
        work = current;
        busySince = current::lastStatementAt;
        if (lost) {
            current.cancel();
        }
    }

    /** The worker pauses between two batches, for any length of time. */
    public void resting() {
        work = null;
        busySince = null;
    }

    /** The worker does something other than its work that should take no longer than a statement, such as asking a throttle. */
    public void busy() {
        long now = nanoTime.getAsLong();
        work = null;
        busySince = () -> now;
    }

    /** The code has processed a row, so it makes progress between two statements. */
    public void alive() {
        aliveAt = nanoTime.getAsLong();
    }

    /** Cancels the current statement, as if the claim were lost. Used by a close that has waited long enough. */
    public void cancelWork() {
        UserWork current = work;
        if (current != null) {
            current.cancel();
        }
    }

    /**
     * A fence has renewed the claim.
     *
     * @param when a reading of {@link System#nanoTime()} from before the fence
     */
    public void renewedAt(long when) {
        renewedAt = when;
        notRenewed = null;
    }

    /** {@return whether the claim belongs to someone else or couldn't be renewed} */
    public boolean isLost() {
        return lost;
    }

    Subject subject() {
        return subject;
    }

    /** {@return the log context of its worker} */
    LogContext logContext() {
        return logContext;
    }

    boolean renew(StateTransaction tx) {
        return renewal.test(tx);
    }

    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - renewedAt);
    }

    /** How long the worker has been in one statement, one row, or one question between two batches; zero while it pauses. */
    private Duration busyFor() {
        LongSupplier since = busySince;
        if (since == null) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(Math.min(now - since.getAsLong(), now - aliveAt));
    }

    /** Whether that takes longer than allowed. The claim of a hanging worker isn't renewed. */
    boolean isHung() {
        return !statementTimeout.isZero() && busyFor().compareTo(statementTimeout) > 0;
    }

    void notRenewed(String why) {
        notRenewed = why;
    }

    /** {@return why it wasn't renewed, as far as this instance knows} */
    String reason() {
        if (isHung()) {
            long seconds = busyFor().toSeconds();
            return work != null
                    ? "migrate() ran one statement, or code that sends none, for " + seconds + " s"
                    : "a throttle, or another check between two batches, took " + seconds + " s";
        }
        String failed = notRenewed;
        return failed == null
                ? "its process, or its clock, stood still for " + age().toSeconds() + " s"
                : "the claim could not be renewed for " + age().toSeconds() + " s: " + failed;
    }

    boolean isClosed() {
        return closed;
    }

    void lose() {
        lost = true;
        cancelWork();
    }

    /** Stops the renewal. The claim itself is ended by a transition of the state tables. */
    @Override
    public void close() {
        closed = true;
        forget.accept(this);
    }
}
