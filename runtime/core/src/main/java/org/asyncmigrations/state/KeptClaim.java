package org.asyncmigrations.state;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.session.UserWork;
import org.jspecify.annotations.Nullable;

/** A claim that is kept alive while its worker is at it. Thread-safe: the worker and the renewal share it. */
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

    /** When what the worker is at began; null while it rests. */
    private volatile @Nullable LongSupplier busySince;

    /**
     * What a claim is on.
     *
     * @param name the migration, or the part of it, for people
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

    /** Says that the code makes progress between two statements: it has handled a row. */
    public void alive() {
        aliveAt = nanoTime.getAsLong();
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
        notRenewed = null;
    }

    /** {@return whether the claim is somebody else's, or could not be kept} */
    public boolean isLost() {
        return lost;
    }

    Subject subject() {
        return subject;
    }

    /** {@return what the lines of its worker belong to} */
    LogContext logContext() {
        return logContext;
    }

    boolean renew(StateTransaction tx) {
        return renewal.test(tx);
    }

    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - renewedAt);
    }

    /** How long the worker has been at one statement, one row, or what is asked between two batches; zero while it rests. */
    private Duration busyFor() {
        LongSupplier since = busySince;
        if (since == null) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(Math.min(now - since.getAsLong(), now - aliveAt));
    }

    /** Whether that takes longer than anything may: a worker that hangs is not kept alive. */
    boolean isHung() {
        return !statementTimeout.isZero() && busyFor().compareTo(statementTimeout) > 0;
    }

    /** Remembers why a renewal failed. */
    void notRenewed(String why) {
        notRenewed = why;
    }

    /** {@return why it was not renewed, as far as this instance knows} */
    String reason() {
        if (isHung()) {
            long seconds = busyFor().toSeconds();
            return work != null
                    ? "migrate() was at one statement, or at code that sends none, for " + seconds + " s"
                    : "what is asked between two batches, such as a throttle, took " + seconds + " s";
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

    /** Ends the keeping; the claim itself is ended by a verb of the state's. */
    @Override
    public void close() {
        closed = true;
        forget.accept(this);
    }
}
