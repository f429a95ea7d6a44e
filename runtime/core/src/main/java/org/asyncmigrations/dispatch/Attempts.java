package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.batch.Ended;
import org.asyncmigrations.batch.LockWatch;
import org.asyncmigrations.batch.Retries;
import org.asyncmigrations.batch.RetryLoop;
import org.asyncmigrations.batch.Stop;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.AttemptFailure;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.ClaimRenewal;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.KeptClaim;
import org.asyncmigrations.state.MigrationClaims;
import org.asyncmigrations.state.OldSessions;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.asyncmigrations.state.StatusRows;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes attempts at claimed migrations: runs the user's code, keeps the claim alive in the meantime, and records how the attempt
 * ended. Thread-safe.
 */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** How long {@code close()} waits for a migration in one piece. Platforms grant half a minute for the whole shutdown. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * How long a statement waits for a lock: less than the server's deadlock timeout, and one second when rounded up to whole
     * seconds.
     */
    private static final Duration LOCK = Duration.ofMillis(900);

    private final Set<KeptClaim> running = ConcurrentHashMap.newKeySet();
    private final StateStore store;
    private final Settings settings;
    private final ClaimRenewal renewal;
    private final Stop stop;
    private final OldSessions oldSessions;
    private final RetryLoop loop;
    private final Brakes brakes;

    Attempts(
            StateStore store,
            Settings settings,
            ClaimRenewal renewal,
            Stop stop,
            OldSessions oldSessions,
            RetryLoop loop,
            Brakes brakes) {
        this.loop = loop;
        this.brakes = brakes;
        this.store = store;
        this.settings = settings;
        this.renewal = renewal;
        this.stop = stop;
        this.oldSessions = oldSessions;
    }

    /** The work of an attempt on its session, up to the commit. */
    @FunctionalInterface
    interface Body {
        /**
         * Does the work.
         *
         * @param session the session, without a transaction
         * @param kept the claim, which is given the user's work so that it can cancel it
         * @return whether the claim still held
         */
        boolean on(Session session, KeptClaim kept) throws Exception;
    }

    /** Makes an attempt. Trouble with the database alone doesn't use it up; the work is repeated. */
    void make(Claimed claimed, Body body) {
        make(claimed, settings.times().statement(), body);
    }

    /**
     * The same with another limit for its statements.
     *
     * @param statement how long a statement may take before its worker counts as hung; zero for no limit
     */
    void make(Claimed claimed, Duration statement, Body body) {
        long version = claimed.entry().version();
        Duration claimTime = settings.times().claim();
        try (KeptClaim kept = renewal.keep(
                new KeptClaim.Subject(claimed.entry().toString(), version, claimed.claim()),
                tx -> MigrationClaims.renew(tx, version, claimed.claim(), claimTime),
                statement)) {
            running.add(kept);
            try (LockWatch.Look look =
                    loop.locks().look(claimed.entry(), claimed.claim().sessionName())) {
                assert look != null;
                loop.run(
                        new OneAttempt(claimed, body, kept),
                        kept,
                        Retries.inOnePiece(settings.times().giveWay()));
            } finally {
                running.remove(kept);
                brakes.hindered(claimed.entry(), null);
            }
        }
    }

    /** One attempt. Used by one thread. */
    private final class OneAttempt implements RetryLoop.Task {
        private final Claimed claimed;
        private final Body body;
        private final KeptClaim kept;

        OneAttempt(Claimed claimed, Body body, KeptClaim kept) {
            this.claimed = claimed;
            this.body = body;
            this.kept = kept;
        }

        @Override
        public MigrationEntry entry() {
            return claimed.entry();
        }

        @Override
        public Claim claim() {
            return claimed.claim();
        }

        @Override
        public Ended on(Session session) throws Exception {
            // A close that came after the claim hasn't seen this attempt.
            if (stop.isToEnd()) {
                return stopped();
            }
            if (!held(session)) {
                session.rollback();
                activity().says(claimed.entry(), "lost its claim; nothing of this attempt was committed");
                return Ended.LOST;
            }
            return Ended.DONE;
        }

        /** Clears an interrupt that user code has left behind. It would end each later wait of this thread at once. */
        private boolean held(Session session) throws Exception {
            try {
                return body.on(session, kept);
            } finally {
                if (Thread.interrupted()) {
                    LOG.debug("{} has left its thread interrupted", claimed.entry());
                }
            }
        }

        private Ended stopped() {
            giveBack(claimed);
            return Ended.STOPPED;
        }

        @Override
        public @Nullable Ended endsBy(Throwable failure) {
            if (!isGone(claimed, failure)) {
                return Ended.LOST;
            }
            if (stop.isToEnd()) {
                return stopped();
            }
            return failure instanceof AutoCommittedException ? failed(failure) : null;
        }

        /** False if an unconfirmed commit has succeeded. Then the user's code doesn't run again. */
        @Override
        public boolean isStillOurs() throws SQLException {
            return store.transaction(tx -> MigrationClaims.renew(
                    tx,
                    claimed.entry().version(),
                    claimed.claim(),
                    settings.times().claim()));
        }

        @Override
        public boolean isToEnd() {
            return stop.isToEnd();
        }

        @Override
        public void await(Duration time) {
            stop.await(time);
        }

        @Override
        public Ended failed(Throwable failure) {
            Attempts.this.failed(claimed, failure);
            return Ended.FAILED;
        }
    }

    /**
     * Cancels attempts that are still running after a while. Unlike a walk, a migration in one piece has no batches to stop
     * between.
     *
     * @param patience how long they may still take
     */
    void cancelAfter(Duration patience) {
        Thread thread = new Thread(
                () -> {
                    long deadline = System.nanoTime() + patience.toNanos();
                    while (!running.isEmpty() && System.nanoTime() < deadline) {
                        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                    }
                    running.forEach(KeptClaim::cancelWork);
                },
                "async-migrations-close");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Ends what this attempt may have left on the server. The next attempt would wait for its locks or, in auto-commit, run at the
     * same time. {@return whether the migration may be attempted again}
     */
    private boolean isGone(Claimed claimed, Throwable failure) {
        boolean transactional = claimed.entry().transactional();
        if (transactional && (stop.isToEnd() || Trouble.of(failure) != Trouble.CONNECTION)) {
            return true;
        }
        boolean gone = oldSessions.end(claimed.claim().owner());
        if (gone || transactional) {
            return true;
        }
        // The row names its worker. Once the claim expires, the next worker ends the session before it starts.
        LOG.warn(
                "{} failed, and its session could not be ended yet; the next attempt waits for it",
                claimed.entry(),
                failure);
        return false;
    }

    /** Records that the attempt failed. */
    void failed(Claimed claimed, Throwable failure) {
        AttemptFailure written = Failures.attempt(failure, "", claimed.attempt(), settings.maxAttempts());
        brakes.failed(claimed.entry(), written, "(" + Failures.count(written, settings.maxAttempts()) + ")", failure);
        failed(claimed, written);
    }

    void failed(Claimed claimed, AttemptFailure failure) {
        record(claimed, tx -> MigrationClaims.attemptFailed(tx, claimed.entry().version(), claimed.claim(), failure));
    }

    void giveBack(Claimed claimed) {
        record(claimed, tx -> MigrationClaims.giveBack(tx, claimed.entry().version(), claimed.claim()));
    }

    private void record(Claimed claimed, Function<StateTransaction, Boolean> verb) {
        try {
            if (!store.transaction(verb)) {
                activity().says(claimed.entry(), "lost its claim before the end of the attempt was recorded");
            }
        } catch (SQLException | DataAccessException unreachable) {
            // The claim expires, and the next worker counts this attempt as one whose worker died.
            LOG.warn("{}: the end of the attempt could not be recorded", claimed.entry(), Masked.failure(unreachable));
        }
    }

    /** {@return how many workers this instance has} */
    int threads() {
        return settings.threads();
    }

    /** {@return what reports the work to people} */
    Activity activity() {
        return brakes.activity();
    }

    /** Begins a transaction for work on a claimed migration. */
    void begin(Session session, Claimed claimed) throws SQLException {
        store.beginWork(session, limits(claimed));
    }

    /** Hands the connection to the user's code. If the claim is lost, the work is canceled. */
    UserWork work(Session session, Claimed claimed, KeptClaim kept) throws SQLException {
        UserWork work = session.userWork(limits(claimed));
        kept.working(work);
        return work;
    }

    /** {@return whether the claim still holds} Renews it on the same connection, since the pool may have no other one. */
    boolean isHeld(Session session, Claimed claimed) {
        return MigrationClaims.renew(
                store.within(session),
                claimed.entry().version(),
                claimed.claim(),
                settings.times().claim());
    }

    /** {@return the limits for work on a claimed migration} */
    Limits limits(Claimed claimed) {
        Settings.Times times = settings.times();
        // User code may pause for as long as a statement may take. The claim is renewed in the meantime.
        return new Limits(
                times.lock().compareTo(LOCK) > 0 ? times.lock() : LOCK,
                times.statement(),
                times.statement(),
                // No limit: a migration in one piece takes as long as it needs.
                Duration.ZERO,
                claimed.claim().sessionName(),
                claimed.entry().mayChangeSchema(),
                false);
    }

    /** Reads something before the work on a claimed migration. Changes nothing. */
    void look(Claimed claimed, Consumer<DSLContext> reading) throws SQLException {
        try (Session session = store.connections().borrow()) {
            begin(session, claimed);
            try (UserWork work = session.userWork(limits(claimed))) {
                reading.accept(work.dsl());
            }
        }
    }

    /**
     * Marks a migration as done, as the last statement of its work's transaction.
     *
     * @param rows changed rows that aren't counted yet; if there are any, the detail already says so
     * @return whether the claim still held
     */
    boolean finish(Session session, Claimed claimed, @Nullable String detail, long rows) throws SQLException {
        StateTransaction tx = store.within(session);
        if (!MigrationClaims.finish(tx, claimed.entry().version(), claimed.claim(), detail, rows)) {
            return false;
        }
        MigrationStatus status = StatusRows.of(tx, claimed.entry().version());
        session.commit();
        if (status != null) {
            activity().ended(claimed.entry(), status.progress(), detail, rows > 0);
        }
        store.tell(tx);
        return true;
    }
}
