package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.state.AttemptFailure;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.ClaimRenewal;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.KeptClaim;
import org.asyncmigrations.state.LostClaims;
import org.asyncmigrations.state.MigrationClaims;
import org.asyncmigrations.state.RangeRow;
import org.asyncmigrations.state.RangeRows;
import org.asyncmigrations.state.StateStore;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks a claimed range batch by batch to its end, and handles failures on the way: continues from the database's cursor after each
 * failure, gives way to locks, halves batches that take too long, and ends the attempt on anything else. Throttles apply between
 * two batches. Thread-safe: each walk has its own state.
 */
public final class Walker {
    private static final Logger LOG = LoggerFactory.getLogger(Walker.class);

    private final StateStore store;
    private final WalkSettings settings;
    private final ClaimRenewal renewal;
    private final Stop stop;
    private final RetryLoop loop;
    private final KeySpaces spaces;
    private final Brake brake;
    private final Tunings tunings;
    private final LongSupplier nanoTime;
    private final BatchWork.Tools tools;
    private final LastBatches lastBatches = new LastBatches();
    private final WalkSpeed.Idle speeds = new WalkSpeed.Idle();

    /**
     * The parts of a walker.
     *
     * @param store the state tables
     * @param renewal renews claims
     * @param stop ends each walk with its current batch
     * @param loop handles failures
     * @param spaces the resolved keys
     * @param brake asked between two batches
     * @param tunings the operators' tunings, read between two batches
     * @param nanoTime {@link System#nanoTime()}, or a test's own
     * @param told receives each batch after its commit; must not throw
     */
    public record Parts(
            StateStore store,
            ClaimRenewal renewal,
            Stop stop,
            RetryLoop loop,
            KeySpaces spaces,
            Brake brake,
            Tunings tunings,
            LongSupplier nanoTime,
            Consumer<BatchEvent> told) {}

    /**
     * Creates a walker.
     *
     * @param parts the walker's parts
     * @param settings how ranges are walked
     */
    public Walker(Parts parts, WalkSettings settings) {
        this.store = parts.store();
        this.settings = settings;
        this.renewal = parts.renewal();
        this.stop = parts.stop();
        this.loop = parts.loop();
        this.spaces = parts.spaces();
        this.brake = parts.brake();
        this.tunings = parts.tunings();
        this.nanoTime = parts.nanoTime();
        this.tools = new BatchWork.Tools(
                store, settings, new Waiters(), stop, nanoTime, brake, parts.told(), ConcurrentHashMap.newKeySet());
    }

    /**
     * Walks a range.
     *
     * @param walked the range and the claim on it
     * @return how it ended
     */
    public Ended walk(WalkedRange walked) {
        RangeRow range = walked.range();
        Claim claim = walked.claim();
        try (KeptClaim kept = renewal.keep(
                new KeptClaim.Subject(walked.name(), range.version(), claim),
                tx -> RangeRows.renew(tx, range, claim, settings.claimTime()),
                // A batch's statements are short, but the user's code may compute for a while between them.
                settings.thinkTime())) {
            Walk walk = new Walk(walked, kept, lastBatches.take());
            try {
                return loop.run(walk, kept, walk.retries);
            } finally {
                lastBatches.giveBack(walk.last);
                // The next worker may not meet the same obstacle.
                brake.hindered(walked.entry(), null);
                speeds.giveBack(walk.speed);
                if (walk.interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** {@return the last batch of the worker that walks next} */
    public Brake.LastBatch lastBatch() {
        return lastBatches.next();
    }

    /**
     * Counts what a worker has just read outside of its walks as its last batch, so that it rests from it too.
     *
     * @param began when the reading began, as a reading of {@link System#nanoTime()}
     */
    public void hasRead(long began) {
        lastBatches.take();
        lastBatches.giveBack(Brake.LastBatch.begunAt(began));
    }

    /**
     * Fails the attempt on a range whose workers have all died, one after the other.
     *
     * @param walked the range and the claim on it
     */
    public void failDeadWorkers(WalkedRange walked) {
        RangeRow range = walked.range();
        AttemptFailure failure =
                Failures.lostWorkers(lastReason(range), where(range), range.attempts(), settings.maxAttempts());
        writeDown(walked, failure);
    }

    private @Nullable String lastReason(RangeRow range) {
        try {
            return store.transaction(tx -> LostClaims.lastReason(tx, range));
        } catch (SQLException | DataAccessException unreachable) {
            return null;
        }
    }

    private static String where(RangeRow range) {
        return range.position() == null ? "at the beginning of the table" : "after key " + range.position();
    }

    private Ended writeDown(WalkedRange walked, AttemptFailure failure) {
        try {
            store.transaction(tx -> {
                if (!MigrationClaims.attemptFailed(tx, walked.range(), walked.claim(), failure)) {
                    throw new ClaimLostException();
                }
                return null;
            });
            return Ended.FAILED;
        } catch (ClaimLostException lost) {
            return Ended.LOST;
        } catch (SQLException | DataAccessException unreachable) {
            // The claim expires, and the successor counts this attempt as one whose worker died.
            LOG.warn("{}: the failure could not be recorded", walked.entry(), Masked.failure(unreachable));
            return Ended.LOST;
        }
    }

    /** One walk. Used by one thread. */
    private final class Walk implements RetryLoop.Task {
        private final KeptClaim kept;
        private final BatchPause pause = new BatchPause(nanoTime);
        private WalkedRange walked;
        private @Nullable Steering steering;
        private WalkSettings tuned = settings;
        private final Retries retries = Retries.ofBatches(settings.longestPause());
        private final WalkSpeed speed;
        private Brake.LastBatch last;
        private boolean interrupted;
        private boolean meetsLock;

        Walk(WalkedRange walked, KeptClaim kept, Brake.LastBatch last) {
            this.walked = walked;
            this.kept = kept;
            this.last = last;
            this.speed = speeds.take(walked.entry().version(), nanoTime.getAsLong());
        }

        @Override
        public MigrationEntry entry() {
            return walked.entry();
        }

        @Override
        public Claim claim() {
            return walked.claim();
        }

        @Override
        public String name() {
            return walked.name();
        }

        /** Changes batch after batch. {@return how the walk ended, null if it rests without a connection} */
        @Override
        public @Nullable Ended on(Session session) throws Exception {
            tuned = settings.tuned(tuning(session));
            KeySpace space = spaces.of(walked.entry(), walked.migration(), session);
            Steering gait = steering(space);
            BatchWork work = new BatchWork(tools, space, new BatchWork.Gait(gait, speed), kept, walked);
            if (meetsLock) {
                meetsLock = false;
                awaitLock(session, work);
            }
            while (!walked.range().isWalked()) {
                if (isOneTooMany(session)) {
                    return giveBack(session, gait, Ended.HELD);
                }
                boolean isHeld = !isToEnd() && isHeld(session, gait);
                if (isToEnd()) {
                    return giveBack(session, gait, Ended.STOPPED);
                }
                if (isHeld) {
                    return pause.endsWalk() ? giveBack(session, gait, Ended.HELD) : null;
                }
                follow(tuning(session), gait, work);
                boolean atEnd = step(session, work);
                brake.committed(session, walked.entry());
                if (atEnd) {
                    break;
                }
            }
            return fold(session, gait);
        }

        private Tuning tuning(Session session) {
            return tunings.of(session, walked.range().version());
        }

        /** Whether an operator has reduced the workers so far that those of earlier ranges are enough. */
        private boolean isOneTooMany(Session session) {
            return tunings.isBeyond(
                    session, walked.range().version(), walked.claim().owner());
        }

        private void follow(Tuning tuning, Steering gait, BatchWork work) {
            tuned = settings.tuned(tuning);
            gait.follow(tuned.targetBatchTime(), tuning.batchSize());
            work.follow(tuned);
        }

        /** Does one step. Even a failed one counts as the last batch, since the database was busy with it. */
        private boolean step(Session session, BatchWork work) throws Exception {
            long began = System.nanoTime();
            try (LockWatch.Look look = look()) {
                boolean atEnd = work.step(session);
                if (look.passes() | retries.progressed()) {
                    brake.waitsForLock(session, walked.entry(), null);
                }
                return atEnd;
            } finally {
                last = Brake.LastBatch.begunAt(began);
            }
        }

        private LockWatch.Look look() {
            return loop.locks().look(walked.entry(), walked.claim().sessionName());
        }

        @Override
        public void meetsLock() {
            meetsLock = true;
        }

        /** Waits for the locked row over a connection that holds nothing else, on products where a batch doesn't wait for locks. */
        private void awaitLock(Session session, BatchWork work) throws SQLException {
            if (!session.product().waitsBriefly()) {
                try (LockWatch.Look look = look()) {
                    assert look != null;
                    work.awaitLockedRow(session);
                }
            }
        }

        @Override
        public boolean isToEnd() {
            return interrupted || stop.isToEnd();
        }

        /**
         * Waits and keeps the claim, since a resting worker doesn't hang. An interrupt ends the walk. The flag is set again only
         * then: with it set, the range couldn't be given back, and the next wait would end at once.
         */
        @Override
        public void await(Duration time) {
            kept.resting();
            stop.await(time);
            interrupted |= Thread.interrupted();
            kept.busy();
        }

        private void awaitThrottle(Duration time) {
            long began = nanoTime.getAsLong();
            Recorder.Rest rest = Recorder.ofThisJvm().rest();
            await(time);
            rest.ended(walked.entry(), pause.reason());
            speed.throttled(nanoTime.getAsLong() - began);
        }

        private Steering steering(KeySpace space) {
            if (steering == null) {
                long remembered = walked.row().walk().batchSize();
                steering = new Steering(tuned.targetBatchTime(), remembered, space.hasPending(), walked.isVerifying());
            }
            return steering;
        }

        /** Asks the brake, and waits here if the time is short. {@return whether the walk still has to wait} */
        private boolean isHeld(Session session, Steering gait) {
            if (gait.standsBack()) {
                brake.gaveWay(session, walked.entry());
                await(last.tookAtMost(tuned.targetBatchTime()));
            }
            do {
                kept.busy();
                Brake.Hold said = brake.ask(session, walked.entry(), last);
                boolean begins = pause.begins(said);
                if (said == null) {
                    return false;
                }
                if (begins && said.shrinks()) {
                    gait.halve();
                }
                if (pause.endsWalk() || !pause.keepsConnection()) {
                    return true;
                }
                awaitThrottle(said.rest());
            } while (!kept.isLost() && !isToEnd());
            return true;
        }

        /** Rests as long as the brake has said, with the claim but without a connection. {@return null to go on} */
        @Override
        public @Nullable Ended rest() {
            if (!pause.lasts()) {
                return null;
            }
            awaitThrottle(pause.rest());
            return loop.isOurs(this, kept, retries, false) ? null : Ended.LOST;
        }

        private Ended giveBack(Session session, Steering gait, Ended why) throws SQLException {
            session.begin(Limits.STATE);
            RangeRows.giveBack(store.within(session), walked.range(), walked.claim(), gait.batchSize());
            session.commit();
            return why;
        }

        private Ended fold(Session session, Steering gait) throws SQLException {
            session.begin(Limits.WALK);
            if (!RangeRows.fold(store.within(session), walked.range(), walked.claim(), gait.batchSize())) {
                throw new ClaimLostException();
            }
            session.commit();
            return Ended.DONE;
        }

        @Override
        public boolean shrinks() {
            return steering != null && steering.halve();
        }

        @Override
        public boolean isolates(Throwable failure) {
            return steering != null && steering.isolates(failure);
        }

        /** Takes the database's cursor, to continue from there. */
        @Override
        public boolean isStillOurs() throws SQLException {
            RangeRow now = store.transaction(tx -> RangeRows.again(tx, walked.range()));
            if (now == null || !now.isHeldBy(walked.claim())) {
                return false;
            }
            walked = walked.at(now);
            return true;
        }

        @Override
        public Ended failed(Throwable failure) {
            spaces.doubt(walked.entry());
            if (!loop.isOurs(this, kept, retries, false)) {
                return Ended.LOST;
            }
            RangeRow range = walked.range();
            int attempts = range.attempts();
            AttemptFailure written = Failures.attempt(failure, where(range), attempts, settings.maxAttempts());
            brake.failed(
                    walked.entry(),
                    written,
                    where(range) + " (" + Failures.count(written, settings.maxAttempts()) + ")",
                    failure);
            return writeDown(walked, written);
        }
    }
}
